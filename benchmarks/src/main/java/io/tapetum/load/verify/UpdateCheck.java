package io.tapetum.load.verify;

import java.util.Arrays;

import io.tapetum.load.route.Addresses;
import io.tapetum.load.route.RouteBook;
import io.tapetum.wire.message.MessageLengths;

/**
 * Checks UPDATEs and enters them into views.
 *
 * <p>A reflector tells all clients the same, so the attribute block of a message is compared with the one that was found
 * right last for its profile; only another one is read. Allocates nothing then. Belongs to the event loop.
 */
public final class UpdateCheck {

    /** Withdrawn Routes Length, after the header (RFC 4271 §4.3). */
    private static final int WITHDRAWN_LENGTH = MessageLengths.MIN_UPDATE - 4;

    private final RouteBook book;
    /** By profile: the block that was found right last, and its MED. */
    private final byte[][] knownBlocks;
    private final int[] knownMeds;
    private long routes;
    private long withdrawals;
    private long echoes;
    private long outdated;

    public UpdateCheck(RouteBook book) {
        this.book = book;
        knownBlocks = new byte[book.profiles()][];
        Arrays.setAll(knownBlocks, _ -> new byte[0]);
        knownMeds = new int[book.profiles()];
    }

    /** Routes received so far, also such that were right already; echoes are not among them. */
    public long routes() {
        return routes;
    }

    /** Prefixes withdrawn so far. */
    public long withdrawals() {
        return withdrawals;
    }

    /** Routes that came back to their owner: allowed, and useless. */
    public long echoes() {
        return echoes;
    }

    /** Routes in a version that their owner had replaced already. */
    public long outdated() {
        return outdated;
    }

    /**
     * Checks {@code octets[from, to)}, a whole UPDATE with its header, at least as long as one has to be.
     *
     * @param nowNanos when it was read
     */
    public void read(View view, byte[] octets, int from, int to, long nowNanos) throws WrongUpdateException {
        int withdrawn = from + WITHDRAWN_LENGTH + 2;
        int withdrawnEnd = withdrawn + length(octets, withdrawn - 2);
        int block = withdrawnEnd + 2;
        int prefixes = block > to ? to + 1 : block + length(octets, withdrawnEnd);
        if (prefixes > to) {
            throw new WrongUpdateException("an UPDATE whose fields are longer than itself");
        }
        int route = -1;
        for (int at = withdrawn; at < withdrawnEnd; at = next(octets, at)) {
            route = route(octets, at, withdrawnEnd, route + 1);
            withdrawals++;
            view.forget(route);
        }
        if (prefixes == to && block < prefixes) {
            throw new WrongUpdateException("an UPDATE with attributes and without prefixes of its own");
        }
        int profile = -1;
        int med = 0;
        for (int at = prefixes; at < to; at = next(octets, at)) {
            route = route(octets, at, to, route + 1);
            if (book.profile(route) != profile) {
                profile = book.profile(route);
                med = med(octets, block, prefixes, profile, route);
            }
            told(view, route, med, nowNanos);
        }
    }

    private void told(View view, int route, int med, long nowNanos) throws WrongUpdateException {
        boolean current = med == book.med(route);
        if (!current && !book.wasSaid(route, med)) {
            throw new WrongUpdateException(book.prefix(route) + ": MED is " + (med < 0 ? "none" : med) + " instead of "
                    + book.med(route));
        }
        if (book.ownerOf(route) == view.client()) {
            echoes++;
            return;
        }
        routes++;
        if (current) {
            view.told(route, nowNanos);
        } else {
            outdated++;
            view.forget(route);
        }
    }

    /** The MED of a block, after a check that it is right for this profile. */
    private int med(byte[] octets, int from, int to, int profile, int route) throws WrongUpdateException {
        byte[] known = knownBlocks[profile];
        if (!Arrays.equals(octets, from, to, known, 0, known.length)) {
            int owner = book.owner(profile);
            int med;
            try {
                med = AttributeCheck.check(octets, from, to, book.attributes(profile), Addresses.identifier(owner));
            } catch (WrongUpdateException e) {
                throw new WrongUpdateException("%s of %s: %s".formatted(book.prefix(route),
                        Addresses.toString(Addresses.source(owner)), e.getMessage()));
            }
            if (known.length != to - from) {
                known = new byte[to - from];
                knownBlocks[profile] = known;
            }
            System.arraycopy(octets, from, known, 0, known.length);
            knownMeds[profile] = med;
        }
        return knownMeds[profile];
    }

    private int route(byte[] octets, int at, int end, int guess) throws WrongUpdateException {
        int length = octets[at] & 0xFF;
        int next = next(octets, at);
        if (length > 32 || next > end) {
            throw new WrongUpdateException("a malformed prefix of " + length + " bits");
        }
        int address = 0;
        for (int i = at + 1, shift = 24; i < next; i++, shift -= 8) {
            address |= (octets[i] & 0xFF) << shift;
        }
        long key = RouteBook.key(address, length);
        int route = book.find(key, guess);
        if (route == -1) {
            throw new WrongUpdateException(RouteBook.toString(key) + ", which nobody announced");
        }
        return route;
    }

    private static int next(byte[] octets, int at) {
        return at + 1 + ((octets[at] & 0xFF) + 7 >>> 3);
    }

    private static int length(byte[] octets, int at) {
        return (octets[at] & 0xFF) << 8 | octets[at + 1] & 0xFF;
    }
}
