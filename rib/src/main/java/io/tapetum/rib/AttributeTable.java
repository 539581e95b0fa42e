package io.tapetum.rib;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import io.tapetum.wire.attribute.AttributeCandidate;
import io.tapetum.wire.attribute.AttributeInterner;
import io.tapetum.wire.attribute.PathAttributes;

/**
 * Makes equal path attributes one object, so that a million routes with the same attributes share one block, and equal
 * attributes can be told by identity. Any thread may call.
 *
 * <p>The table holds its members weakly: attributes that no path carries any more are reclaimed, however many have ever
 * passed by. Reclaimed members are swept out by the next call that meets their stripe.
 */
public final class AttributeTable implements AttributeInterner {

    private static final int STRIPES = 64;

    private final Stripe[] stripes = new Stripe[STRIPES];

    /** An empty table. */
    public AttributeTable() {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe();
        }
    }

    /** The one object that is the candidate; made of it if there was none. Allocates nothing if there was. */
    @Override
    public PathAttributes intern(AttributeCandidate candidate) {
        int hash = spread(candidate.hash());
        return stripes[hash & (STRIPES - 1)].intern(candidate, hash);
    }

    /** How many there are, after sweeping out what has been reclaimed. */
    public int size() {
        int size = 0;
        for (Stripe stripe : stripes) {
            size += stripe.size();
        }
        return size;
    }

    private static int spread(int hash) {
        int mixed = (hash ^ (hash >>> 16)) * 0x7feb352d;
        mixed = (mixed ^ (mixed >>> 15)) * 0x846ca68b;
        return mixed ^ (mixed >>> 16);
    }

    private static final class Member extends WeakReference<PathAttributes> {
        final int hash;

        Member(PathAttributes attributes, int hash, ReferenceQueue<PathAttributes> reclaimed) {
            super(attributes, reclaimed);
            this.hash = hash;
        }
    }

    /** An open-addressing set with linear probing, under its lock; slots follow the upper bits of the hash. */
    private static final class Stripe {

        private static final int MIN_BITS = 4;

        private final ReentrantLock lock = new ReentrantLock();
        private final ReferenceQueue<PathAttributes> reclaimed = new ReferenceQueue<>();
        private int bits = MIN_BITS;
        private @Nullable Member[] members = new @Nullable Member[1 << MIN_BITS];
        private int size;

        PathAttributes intern(AttributeCandidate candidate, int hash) {
            lock.lock();
            try {
                sweep();
                int mask = members.length - 1;
                int slot = hash >>> (32 - bits);
                for (Member member = members[slot]; member != null; member = members[slot]) {
                    if (member.hash == hash) {
                        PathAttributes known = member.get();
                        if (known != null && candidate.is(known)) {
                            return known;
                        }
                    }
                    slot = (slot + 1) & mask;
                }
                PathAttributes attributes = candidate.make();
                members[slot] = new Member(attributes, hash, reclaimed);
                if (++size * 3L > members.length * 2L) {
                    resize(bits + 1);
                }
                return attributes;
            } finally {
                lock.unlock();
            }
        }

        int size() {
            lock.lock();
            try {
                sweep();
                return size;
            } finally {
                lock.unlock();
            }
        }

        private void sweep() {
            boolean swept = false;
            for (Object member = reclaimed.poll(); member != null; member = reclaimed.poll()) {
                remove((Member) member);
                swept = true;
            }
            if (swept && bits > MIN_BITS && size * 8L < members.length) {
                resize(bits - 1);
            }
        }

        private void remove(Member member) {
            int mask = members.length - 1;
            int hole = member.hash >>> (32 - bits);
            while (members[hole] != member) {
                hole = (hole + 1) & mask;
            }
            int next = (hole + 1) & mask;
            for (Member moved = members[next]; moved != null; moved = members[next]) {
                int home = moved.hash >>> (32 - bits);
                if (((next - home) & mask) >= ((next - hole) & mask)) {
                    members[hole] = moved;
                    hole = next;
                }
                next = (next + 1) & mask;
            }
            members[hole] = null;
            size--;
        }

        private void resize(int newBits) {
            @Nullable
            Member[] old = members;
            bits = newBits;
            members = new @Nullable Member[1 << newBits];
            int mask = members.length - 1;
            for (Member member : old) {
                if (member != null) {
                    int slot = member.hash >>> (32 - bits);
                    while (members[slot] != null) {
                        slot = (slot + 1) & mask;
                    }
                    members[slot] = member;
                }
            }
        }
    }
}
