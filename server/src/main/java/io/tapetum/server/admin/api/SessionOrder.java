package io.tapetum.server.admin.api;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.tapetum.server.admin.RefusedException;
import io.tapetum.server.reflector.SessionStatus;

/**
 * The order of sessions on pages: by address, IPv4 first. A page begins after a place in this order, not after so many
 * sessions, so that those that come and go meanwhile move no other to a page that has been read.
 */
final class SessionOrder {

    /** A place in the order. Two peers have one address only in a configuration by mistake; their names tell them apart. */
    private record Place(byte[] address, String name) {

        static final Comparator<Place> ORDER = Comparator.<Place>comparingInt(place -> place.address.length)
                .thenComparing(Place::address, Arrays::compareUnsigned).thenComparing(Place::name);

        static Place of(SessionStatus session) {
            return new Place(session.address().getAddress(), session.name());
        }

        /** How many octets the address has, the address, and the name. */
        String token() {
            byte[] text = name.getBytes(StandardCharsets.UTF_8);
            byte[] octets = Arrays.copyOf(new byte[]{(byte) address.length}, 1 + address.length + text.length);
            System.arraycopy(address, 0, octets, 1, address.length);
            System.arraycopy(text, 0, octets, 1 + address.length, text.length);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
        }

        static Place parse(String token) throws RefusedException {
            try {
                byte[] octets = Base64.getUrlDecoder().decode(token);
                int length = octets.length == 0 ? 0 : octets[0];
                if ((length == 4 || length == 16) && octets.length > length) {
                    return new Place(Arrays.copyOfRange(octets, 1, 1 + length), new String(octets, 1 + length,
                            octets.length - 1 - length, StandardCharsets.UTF_8));
                }
            } catch (IllegalArgumentException _) {
                // Not even base64.
            }
            throw RefusedException.badRequest("after is \"" + token + "\", expected "
                    + Parameters.AFTER_PAGE.expected());
        }
    }

    /** @param next what the query for the next page says, or {@code null} after the last */
    record Page(List<SessionStatus> sessions, @Nullable String next) {}

    private SessionOrder() {}

    static Page page(List<SessionStatus> all, Optional<String> after, Optional<Long> limit) throws RefusedException {
        Place last = after.isPresent() ? Place.parse(after.get()) : null;
        List<SessionStatus> rest = all.stream()
                .filter(session -> last == null || Place.ORDER.compare(Place.of(session), last) > 0)
                .sorted(Comparator.comparing(Place::of, Place.ORDER)).toList();
        if (limit.isEmpty() || rest.size() <= limit.get()) {
            return new Page(rest, null);
        }
        List<SessionStatus> page = rest.subList(0, limit.get().intValue());
        return new Page(page, Place.of(page.getLast()).token());
    }
}
