package io.tapetum.wire.capability;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** One capability of an OPEN (RFC 5492). Families are kept as AFI and SAFI: a peer may name any. */
public sealed interface Capability {

    /** RFC 4760 §8, code 1. */
    record Multiprotocol(int afi, int safi) implements Capability {}

    /** RFC 2918 §2, code 2. */
    record RouteRefreshCapability() implements Capability {}

    /** RFC 8950 §4, code 5. */
    record ExtendedNextHop(List<NextHopTuple> tuples) implements Capability {

        public ExtendedNextHop {
            tuples = List.copyOf(tuples);
        }

        /** NLRI of this AFI and SAFI may have a next hop of the third, 16-bit AFI. */
        public record NextHopTuple(int afi, int safi, int nextHopAfi) {}
    }

    /** RFC 8654 §3, code 6. */
    record ExtendedMessage() implements Capability {}

    /**
     * RFC 4724 §3, code 64.
     *
     * @param restarting the R bit
     * @param notificationSupport the N bit (RFC 8538 §2)
     * @param restartTimeSeconds 0 to 4095
     */
    record GracefulRestart(boolean restarting, boolean notificationSupport, int restartTimeSeconds,
            List<RestartTuple> tuples) implements Capability {

        /** Largest restart time in seconds: the field has 12 bits. */
        public static final int MAX_RESTART_TIME_SECONDS = 4095;

        public GracefulRestart {
            if (restartTimeSeconds < 0 || restartTimeSeconds > MAX_RESTART_TIME_SECONDS) {
                throw new IllegalArgumentException("restart time of " + restartTimeSeconds + " s is not within 0.."
                        + MAX_RESTART_TIME_SECONDS);
            }
            tuples = List.copyOf(tuples);
        }

        /** A family whose forwarding state was kept (the F bit) or not. */
        public record RestartTuple(int afi, int safi, boolean forwarding) {}
    }

    /** RFC 6793 §3, code 65. */
    record FourOctetAs(long as) implements Capability {}

    /** RFC 7911 §4, code 69. */
    record AddPath(List<PathTuple> tuples) implements Capability {

        public AddPath {
            tuples = List.copyOf(tuples);
        }

        /** What the speaker that sent this can do for a family. */
        public record PathTuple(int afi, int safi, boolean receive, boolean send) {}
    }

    /** RFC 7313 §3.1, code 70. */
    record EnhancedRouteRefresh() implements Capability {}

    /** RFC 9494 §3, code 71. */
    record LongLivedGracefulRestart(List<StaleTuple> tuples) implements Capability {

        public LongLivedGracefulRestart {
            tuples = List.copyOf(tuples);
        }

        /** For a family, how long its routes are kept beyond the restart time: 0 to 16777215 seconds. */
        public record StaleTuple(int afi, int safi, boolean forwarding, int staleTimeSeconds) {

            /** Largest stale time in seconds: the field has 24 bits. */
            public static final int MAX_STALE_TIME_SECONDS = 0xFFFFFF;

            public StaleTuple {
                if (staleTimeSeconds < 0 || staleTimeSeconds > MAX_STALE_TIME_SECONDS) {
                    throw new IllegalArgumentException("stale time of " + staleTimeSeconds + " s is not within 0.."
                            + MAX_STALE_TIME_SECONDS);
                }
            }
        }
    }

    /** A capability that is not known here; ignored, and shown to operators. */
    record Unknown(int code, byte[] value) implements Capability {

        public Unknown {
            value = value.clone();
        }

        @Override
        public byte[] value() {
            return value.clone();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Unknown that && code == that.code && Arrays.equals(value, that.value);
        }

        @Override
        public int hashCode() {
            return 31 * code + Arrays.hashCode(value);
        }

        @Override
        public String toString() {
            return "Unknown[code=" + code + ", value=" + HexFormat.of().formatHex(value) + "]";
        }
    }
}
