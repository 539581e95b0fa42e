package io.tapetum.wire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Shorthand for the errors that malformed messages must be answered with. */
public final class Rejection {

    private Rejection() {}

    /** The call fails with exactly this NOTIFICATION, and says a reason. */
    public static void assertRejected(ThrowingCallable call, ErrorCode error, int... data) {
        BgpErrorException rejection = catchThrowableOfType(BgpErrorException.class, call);
        byte[] octets = new byte[data.length];
        for (int i = 0; i < data.length; i++) {
            octets[i] = (byte) data[i];
        }
        assertThat(rejection).as("a rejection with %s", error).isNotNull();
        assertThat(rejection.notification()).isEqualTo(Notification.of(error, octets));
        assertThat(rejection).hasMessageMatching(".{10,}");
    }
}
