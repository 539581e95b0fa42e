package io.tapetum.server.calico.kubernetes;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

/** Why the API server could not be followed, and what to do about it, in words for an operator. */
final class Reasons {

    private Reasons() {}

    /**
     * Of what was asked of the server at this address.
     *
     * @param permission what to do if it was not permitted
     */
    static String of(String address, String path, Throwable failure, String permission) {
        String asked = address + path + ": ";
        if (failure instanceof ApiException refusal) {
            return asked + "answer " + refusal.code() + said(refusal)
                    + (refusal.isForbidden() ? "; " + permission : advice(refusal.code()));
        }
        return asked + of(failure) + (is(failure, SSLException.class)
                ? "; do the CA certificate and the client's certificate and key belong to this API server?"
                : "");
    }

    /** The first cause that says anything. */
    static String of(Throwable failure) {
        if (is(failure, UnresolvedAddressException.class) || is(failure, UnknownHostException.class)) {
            return "the host's name is unknown";
        }
        if (is(failure, HttpConnectTimeoutException.class)) {
            return "no connection in time";
        }
        if (is(failure, HttpTimeoutException.class)) {
            return "no answer in time";
        }
        if (is(failure, ConnectException.class)) {
            return "no connection; does the API server run there?";
        }
        StringBuilder text = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (message != null && text.indexOf(message) < 0 && !message.startsWith(named(cause.getCause()))) {
                text.append(text.isEmpty() ? "" : ": ").append(message);
            }
        }
        return text.isEmpty() ? failure.getClass().getSimpleName() : text.toString();
    }

    /** How Java begins a message that only repeats its cause. */
    private static String named(@Nullable Throwable cause) {
        return cause == null ? "\0" : cause.getClass().getName();
    }

    private static String said(ApiException refusal) {
        String message = refusal.getMessage();
        return message == null || message.isEmpty() ? "" : " (" + message + ")";
    }

    private static String advice(int code) {
        return switch (code) {
            case 401 -> "; the credentials are not valid, or not any more";
            case 404 -> "; is Calico installed in this cluster, with its resources in this API group?";
            default -> "";
        };
    }

    private static boolean is(Throwable failure, Class<? extends Throwable> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
