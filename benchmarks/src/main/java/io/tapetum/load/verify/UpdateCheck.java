package io.tapetum.load.verify;

import java.util.Arrays;

import io.tapetum.load.route.Addresses;
import io.tapetum.load.route.RouteBook;
import io.tapetum.wire.message.MessageLengths;

/**
 * Checks UPDATEs and enters them into views.
 *
 * <p>A reflector tells all clients the same. So a message is compared with the last right one that began with the same
 * route; if it is another one, its attributes are compared with those that were found right last for the profile; and only
 * if they are others too, they are read. Allocates nothing but then. Belongs to the event loop.
 */
public final class UpdateCheck {

    /** Withdrawn Routes Length, after the header (RFC 4271 §4.3). */
    private static final int WITHDRAWN_LENGTH = MessageLengths.MIN_UPDATE - 4;

    private final RouteBook book;
    /** By profile: the block that was found right last, and its MED. */
    private final byte[][] knownBlocks;
    private final int[] knownMeds;
    private final KnownMessages known;
    /** The one that was read last: the next one follows it, mostly. */
    private int lastRoute = -1;
    private long routes;
    private long withdrawals;
    private long echoes;
    private long outdated;

    /** Nothing has been received yet. */
    public UpdateCheck(RouteBook book) {
        this.book = book;
        known = new KnownMessages(book);
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
        if (prefixes == to) {
            return;
        }
        int first = route(octets, prefixes, to, lastRoute + 1);
        int count = known.routes(first, octets, withdrawnEnd, to);
        if (count > 0) {
            told(view, first, count, known.med(first), nowNanos);
        } else {
            announced(view, octets, withdrawnEnd, prefixes, to, nowNanos);
        }
    }

    /** Reads the prefixes after their attributes, and remembers the message if all has been right. */
    private void announced(View view, byte[] octets, int from, int prefixes, int to, long nowNanos)
            throws WrongUpdateException {
        int first = -1;
        int count = 0;
        boolean alike = true;
        int route = lastRoute;
        int profile = -1;
        int med = 0;
        for (int at = prefixes; at < to; at = next(octets, at)) {
            route = route(octets, at, to, route + 1);
            if (book.profile(route) != profile) {
                alike &= profile == -1;
                profile = book.profile(route);
                med = med(octets, from + 2, prefixes, profile, route);
            }
            first = first == -1 ? route : first;
            alike &= route == first + count;
            count++;
            told(view, route, 1, med, nowNanos);
        }
        if (alike) {
            known.add(first, count, med, octets, from, to);
        }
    }

    /** Enters so many routes of one owner, from the first. */
    private void told(View view, int first, int count, int med, long nowNanos) throws WrongUpdateException {
        lastRoute = first + count - 1;
        if (book.ownerOf(first) == view.client()) {
            echoes += count;
            return;
        }
        routes += count;
        if (book.isCurrent(first, count, med)) {
            view.told(first, count, nowNanos);
            return;
        }
        for (int route = first; route < first + count; route++) {
            if (book.isCurrent(route, 1, med)) {
                view.told(route, 1, nowNanos);
            } else if (book.wasSaid(route, med)) {
                outdated++;
                view.forget(route);
            } else {
                throw new WrongUpdateException("%s: MED is %s instead of %d".formatted(book.prefix(route),
                        med < 0 ? "missing" : Integer.toString(med), book.med(route)));
            }
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
