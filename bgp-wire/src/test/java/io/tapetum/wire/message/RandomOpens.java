package io.tapetum.wire.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.tapetum.wire.capability.Capability;
import io.tapetum.wire.capability.Capability.AddPath;
import io.tapetum.wire.capability.Capability.AddPath.PathTuple;
import io.tapetum.wire.capability.Capability.EnhancedRouteRefresh;
import io.tapetum.wire.capability.Capability.ExtendedMessage;
import io.tapetum.wire.capability.Capability.ExtendedNextHop;
import io.tapetum.wire.capability.Capability.ExtendedNextHop.NextHopTuple;
import io.tapetum.wire.capability.Capability.FourOctetAs;
import io.tapetum.wire.capability.Capability.GracefulRestart;
import io.tapetum.wire.capability.Capability.GracefulRestart.RestartTuple;
import io.tapetum.wire.capability.Capability.LongLivedGracefulRestart;
import io.tapetum.wire.capability.Capability.LongLivedGracefulRestart.StaleTuple;
import io.tapetum.wire.capability.Capability.Multiprotocol;
import io.tapetum.wire.capability.Capability.RouteRefreshCapability;
import io.tapetum.wire.capability.Capability.Unknown;

/** OPENs that are valid, and otherwise anything: some need the extended form. */
final class RandomOpens {

    /** Not assigned, so that random values of them stay unknown. */
    private static final int FIRST_UNKNOWN_CODE = 100;

    private RandomOpens() {}

    static Open next(Random random) {
        long as = random.nextBoolean() ? 1 + random.nextInt(65_535) : 65_536 + random.nextInt(Integer.MAX_VALUE);
        List<Capability> capabilities = new ArrayList<>();
        for (int count = random.nextInt(14); count > 0; count--) {
            capabilities.add(capability(random, as));
        }
        int holdTimeSeconds = random.nextInt(10) == 0 ? 0 : 3 + random.nextInt(65_533);
        return new Open(Open.VERSION, as > 65_535 ? Open.AS_TRANS : (int) as, holdTimeSeconds,
                1 + random.nextInt(Integer.MAX_VALUE - 1) << random.nextInt(2), capabilities);
    }

    private static Capability capability(Random random, long as) {
        return switch (random.nextInt(10)) {
            case 0 -> new Multiprotocol(afi(random), octet(random));
            case 1 -> new RouteRefreshCapability();
            case 2 -> new ExtendedNextHop(list(random, 42,
                    () -> new NextHopTuple(afi(random), random.nextInt(65_536), afi(random))));
            case 3 -> new ExtendedMessage();
            case 4 -> new GracefulRestart(random.nextBoolean(), random.nextBoolean(), random.nextInt(4096),
                    list(random, 63, () -> new RestartTuple(afi(random), octet(random), random.nextBoolean())));
            case 5 -> new FourOctetAs(as);
            case 6 -> new AddPath(list(random, 63, () -> {
                int sendReceive = 1 + random.nextInt(3);
                return new PathTuple(afi(random), octet(random), (sendReceive & 1) != 0, (sendReceive & 2) != 0);
            }));
            case 7 -> new EnhancedRouteRefresh();
            case 8 -> new LongLivedGracefulRestart(list(random, 36, () -> new StaleTuple(afi(random), octet(random),
                    random.nextBoolean(), random.nextInt(1 << 24))));
            default -> {
                byte[] value = new byte[random.nextInt(256)];
                random.nextBytes(value);
                yield new Unknown(FIRST_UNKNOWN_CODE + random.nextInt(256 - FIRST_UNKNOWN_CODE), value);
            }
        };
    }

    /** Mostly short, now and then as long as a capability can be. */
    private static <T> List<T> list(Random random, int max, Supplier<T> element) {
        int size = random.nextInt(8) == 0 ? max : random.nextInt(3);
        return Stream.generate(element).limit(size).toList();
    }

    private static int afi(Random random) {
        return random.nextInt(65_536);
    }

    private static int octet(Random random) {
        return random.nextInt(256);
    }
}
