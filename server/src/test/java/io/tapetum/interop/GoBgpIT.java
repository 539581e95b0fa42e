package io.tapetum.interop;

import org.junit.jupiter.api.Nested;

import io.tapetum.interop.speaker.PeerKind;

/** GoBGP as the reflector's client. */
final class GoBgpIT {
    @Nested
    final class Reflection extends ReflectionSuite {
        Reflection() {
            super(PeerKind.GOBGP);
        }
    }

    @Nested
    final class SeparateClusters extends SeparateClustersSuite {
        SeparateClusters() {
            super(PeerKind.GOBGP);
        }
    }

    @Nested
    final class SharedCluster extends SharedClusterSuite {
        SharedCluster() {
            super(PeerKind.GOBGP);
        }
    }

    @Nested
    final class Spine extends SpineSuite {
        Spine() {
            super(PeerKind.GOBGP);
        }
    }

    @Nested
    final class ClientRestart extends ClientRestartSuite {
        ClientRestart() {
            super(PeerKind.GOBGP);
        }
    }

    @Nested
    final class ReflectorRestart extends ReflectorRestartSuite {
        ReflectorRestart() {
            super(PeerKind.GOBGP);
        }
    }

    @Nested
    final class Silence extends SilenceSuite {
        Silence() {
            super(PeerKind.GOBGP);
        }
    }

    @Nested
    final class Drain extends DrainSuite {
        Drain() {
            super(PeerKind.GOBGP);
        }
    }

    @Nested
    final class Transparency extends TransparencySuite {
        Transparency() {
            super(PeerKind.GOBGP);
        }
    }

    @Nested
    final class AddPath extends AddPathSuite {
        AddPath() {
            super(PeerKind.GOBGP);
        }
    }

    @Nested
    final class Key extends KeySuite {
        Key() {
            super(PeerKind.GOBGP);
        }
    }

    @Nested
    final class TtlSecurity extends TtlSecuritySuite {
        TtlSecurity() {
            super(PeerKind.GOBGP);
        }
    }
}
