package io.tapetum.interop;

import org.junit.jupiter.api.Nested;

import io.tapetum.interop.speaker.PeerKind;

/** BIRD 2 as the reflector's client. */
final class Bird2IT {
    @Nested
    final class Reflection extends ReflectionSuite {
        Reflection() {
            super(PeerKind.BIRD_2);
        }
    }

    @Nested
    final class SeparateClusters extends SeparateClustersSuite {
        SeparateClusters() {
            super(PeerKind.BIRD_2);
        }
    }

    @Nested
    final class SharedCluster extends SharedClusterSuite {
        SharedCluster() {
            super(PeerKind.BIRD_2);
        }
    }

    @Nested
    final class Spine extends SpineSuite {
        Spine() {
            super(PeerKind.BIRD_2);
        }
    }

    @Nested
    final class ClientRestart extends ClientRestartSuite {
        ClientRestart() {
            super(PeerKind.BIRD_2);
        }
    }

    @Nested
    final class ReflectorRestart extends ReflectorRestartSuite {
        ReflectorRestart() {
            super(PeerKind.BIRD_2);
        }
    }

    @Nested
    final class LongLivedStale extends LongLivedStaleSuite {
        LongLivedStale() {
            super(PeerKind.BIRD_2);
        }
    }

    @Nested
    final class Silence extends SilenceSuite {
        Silence() {
            super(PeerKind.BIRD_2);
        }
    }

    @Nested
    final class Drain extends DrainSuite {
        Drain() {
            super(PeerKind.BIRD_2);
        }
    }

    @Nested
    final class Transparency extends TransparencySuite {
        Transparency() {
            super(PeerKind.BIRD_2);
        }
    }

    @Nested
    final class AddPath extends AddPathSuite {
        AddPath() {
            super(PeerKind.BIRD_2);
        }
    }

    @Nested
    final class Key extends KeySuite {
        Key() {
            super(PeerKind.BIRD_2);
        }
    }

    @Nested
    final class TtlSecurity extends TtlSecuritySuite {
        TtlSecurity() {
            super(PeerKind.BIRD_2);
        }
    }
}
