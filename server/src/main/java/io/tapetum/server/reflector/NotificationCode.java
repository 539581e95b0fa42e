package io.tapetum.server.reflector;

/** What a NOTIFICATION was for (RFC 4271 §4.5). */
public record NotificationCode(int code, int subcode) {}
