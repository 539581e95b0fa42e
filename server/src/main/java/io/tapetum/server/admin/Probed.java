package io.tapetum.server.admin;

/**
 * What a probe has answered.
 *
 * @param text a line for each check, which begins with {@code [+]} or {@code [-]}, and one for all of them
 */
public record Probed(boolean passed, String text) {}
