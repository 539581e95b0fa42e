package io.tapetum.interop;

import org.junit.jupiter.api.Nested;

import io.tapetum.interop.speaker.PeerKind;

/** FRR as the reflector's client. */
final class FrrIT {
    @Nested
    final class Reflection extends ReflectionSuite {
        Reflection() {
            super(PeerKind.FRR);
        }
    }

    @Nested
    final class SeparateClusters extends SeparateClustersSuite {
        SeparateClusters() {
            super(PeerKind.FRR);
        }
    }

    @Nested
    final class SharedCluster extends SharedClusterSuite {
        SharedCluster() {
            super(PeerKind.FRR);
        }
    }

    @Nested
    final class Spine extends SpineSuite {
        Spine() {
            super(PeerKind.FRR);
        }
    }

    @Nested
    final class ClientRestart extends ClientRestartSuite {
        ClientRestart() {
            super(PeerKind.FRR);
        }
    }

    @Nested
    final class ReflectorRestart extends ReflectorRestartSuite {
        ReflectorRestart() {
            super(PeerKind.FRR);
        }
    }

    @Nested
    final class Silence extends SilenceSuite {
        Silence() {
            super(PeerKind.FRR);
        }
    }

    @Nested
    final class Drain extends DrainSuite {
        Drain() {
            super(PeerKind.FRR);
        }
    }

    @Nested
    final class Transparency extends TransparencySuite {
        Transparency() {
            super(PeerKind.FRR);
        }
    }

    @Nested
    final class AddPath extends AddPathSuite {
        AddPath() {
            super(PeerKind.FRR);
        }
    }

    @Nested
    final class Key extends KeySuite {
        Key() {
            super(PeerKind.FRR);
        }
    }

    @Nested
    final class TtlSecurity extends TtlSecuritySuite {
        TtlSecurity() {
            super(PeerKind.FRR);
        }
    }
}
