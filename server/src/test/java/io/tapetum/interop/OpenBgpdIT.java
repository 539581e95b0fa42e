package io.tapetum.interop;

import org.junit.jupiter.api.Nested;

import io.tapetum.interop.speaker.PeerKind;

/** OpenBGPD as the reflector's client. */
final class OpenBgpdIT {
    @Nested
    final class Reflection extends ReflectionSuite {
        Reflection() {
            super(PeerKind.OPENBGPD);
        }
    }

    @Nested
    final class SeparateClusters extends SeparateClustersSuite {
        SeparateClusters() {
            super(PeerKind.OPENBGPD);
        }
    }

    @Nested
    final class SharedCluster extends SharedClusterSuite {
        SharedCluster() {
            super(PeerKind.OPENBGPD);
        }
    }

    @Nested
    final class Spine extends SpineSuite {
        Spine() {
            super(PeerKind.OPENBGPD);
        }
    }

    @Nested
    final class ClientRestart extends ClientRestartSuite {
        ClientRestart() {
            super(PeerKind.OPENBGPD);
        }
    }

    @Nested
    final class ReflectorRestart extends ReflectorRestartSuite {
        ReflectorRestart() {
            super(PeerKind.OPENBGPD);
        }
    }

    @Nested
    final class Silence extends SilenceSuite {
        Silence() {
            super(PeerKind.OPENBGPD);
        }
    }

    @Nested
    final class Drain extends DrainSuite {
        Drain() {
            super(PeerKind.OPENBGPD);
        }
    }

    @Nested
    final class Transparency extends TransparencySuite {
        Transparency() {
            super(PeerKind.OPENBGPD);
        }
    }

    @Nested
    final class Key extends KeySuite {
        Key() {
            super(PeerKind.OPENBGPD);
        }
    }
}
