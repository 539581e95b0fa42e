package io.tapetum.server.signing;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

import io.tapetum.server.keys.TcpKey;

/**
 * The keys of one listening socket. A connection that it accepts takes the key of its peer along, and keeps it whatever
 * becomes of the listener's. Guarded by the lock of {@link Signatures}.
 */
final class ListenerKeys {

    private final Channel listener;
    private final Reach reach;
    private final Map<KeyPrefix, TcpKey> installed = new LinkedHashMap<>();
    private final Map<KeyPrefix, TcpKey> withoutRoom = new LinkedHashMap<>();

    ListenerKeys(Channel listener, Reach reach) {
        this.listener = listener;
        this.reach = reach;
    }

    Reach reach() {
        return reach;
    }

    /**
     * Makes these its keys. What is new comes before what is old goes, so that nobody is without a key in between.
     *
     * @throws IOException if the kernel refuses a key for another reason than a lack of room
     */
    void apply(KeyPlan plan) throws IOException {
        withoutRoom.clear();
        add(plan);
        for (KeyPrefix prefix : List.copyOf(installed.keySet())) {
            if (!plan.keys().containsKey(prefix)) {
                Md5Option.set(listener, reach.isIpv6Socket(), prefix, null);
                installed.remove(prefix);
            }
        }
        if (!withoutRoom.isEmpty()) {
            withoutRoom.clear();
            add(plan);
        }
    }

    private void add(KeyPlan plan) throws IOException {
        for (Map.Entry<KeyPrefix, TcpKey> entry : plan.keys().entrySet()) {
            KeyPrefix prefix = entry.getKey();
            TcpKey key = entry.getValue();
            if (reach.includes(prefix.network()) && !key.equals(installed.get(prefix))) {
                try {
                    Md5Option.set(listener, reach.isIpv6Socket(), prefix, key);
                    installed.put(prefix, key);
                } catch (NoRoomException _) {
                    withoutRoom.put(prefix, key);
                }
            }
        }
    }

    /** The key with which an address has to sign, or {@code null} if it need not. */
    @Nullable
    TcpKey keyOf(InetAddress address) {
        return KeyPlan.longest(installed, address);
    }

    /** Whether an address has to sign with one of these keys. */
    boolean asks(InetAddress address, Collection<TcpKey> keys) {
        TcpKey key = keyOf(address);
        return key != null && keys.contains(key);
    }

    /** How many keys the kernel has. */
    int count() {
        return installed.size();
    }

    /** Whether the kernel has no room for the key of an address. */
    boolean isWithoutRoom(InetAddress address) {
        return KeyPlan.longest(withoutRoom, address) != null;
    }

    /** For how many keys it has none. */
    int countWithoutRoom() {
        return withoutRoom.size();
    }
}
