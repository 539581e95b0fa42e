package io.tapetum.core.simulation;

/** Two routers that are to have a session. */
record Adjacency(Member one, Member other) {

    /** Whether the session can be. */
    boolean isPossible(Network network) {
        return isRunning(one) && isRunning(other) && network.way(one.address(), other.address()) == Network.Way.OPEN;
    }

    /** Whether it is, for both sides. */
    boolean isUp() {
        return seenBy(one, other) && seenBy(other, one);
    }

    /** Whether nobody believes that it is. */
    boolean isDown() {
        return !seenBy(one, other) && !seenBy(other, one);
    }

    /** Whether it is as it should be. */
    boolean isSettled(Network network) {
        return isPossible(network) ? isUp() : isDown();
    }

    private static boolean isRunning(Member member) {
        return switch (member) {
            case ReflectorNode reflector -> reflector.isRunning();
            case Speaker speaker -> speaker.isRunning();
        };
    }

    private static boolean seenBy(Member by, Member peer) {
        return switch (by) {
            case ReflectorNode reflector -> reflector.up(peer) != null;
            case Speaker speaker -> {
                Neighbor neighbor = speaker.neighbor(peer.address());
                yield neighbor != null && neighbor.established() != null;
            }
        };
    }

    @Override
    public String toString() {
        return one.name() + "-" + other.name();
    }
}
