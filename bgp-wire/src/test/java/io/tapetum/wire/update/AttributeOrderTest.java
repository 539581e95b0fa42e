package io.tapetum.wire.update;

import static io.tapetum.wire.Family.IPV6_UNICAST;
import static io.tapetum.wire.update.Parsing.INTERNAL;
import static io.tapetum.wire.update.Parsing.classic;
import static io.tapetum.wire.update.Parsing.multiprotocol;
import static io.tapetum.wire.update.Parsing.parse;
import static io.tapetum.wire.update.Parsing.texts;
import static io.tapetum.wire.update.UpdateBuilder.update;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.tapetum.wire.attribute.AttributeCandidate;
import io.tapetum.wire.message.BgpErrorException;

/** Attributes may come in any order (RFC 4271 §5). */
class AttributeOrderTest {

    @Test
    void every_order_of_two_octet_attributes_is_the_same_attributes() throws BgpErrorException {
        UpdateContext context = INTERNAL.withFourOctetAs(false);
        List<byte[]> attributes = update().origin(1).twoOctetAsPath(65001, 23456, 7).nextHop("192.0.2.1")
                .as4Path(4_200_000_000L, 7).attribute(0xC0, 7, 0x5B, 0xA0, 1, 2, 3, 4)
                .attribute(0xC0, 18, 0, 2, 0, 0, 1, 2, 3, 4).communities(1).attributes();
        var expected = classic(parse(INTERNAL, update().origin(1).asPath(65001, 4_200_000_000L, 7).nextHop("192.0.2.1")
                .attribute(0xC0, 7, 0, 2, 0, 0, 1, 2, 3, 4).communities(1).announced("10.0.0.0/8")));

        int orders = 0;
        for (List<byte[]> order : permutations(attributes)) {
            UpdateParser parser = parse(context, update().attributes(order).announced("10.0.0.0/8"));
            assertThat(parser.errors()).isEmpty();
            assertThat(classic(parser)).isEqualTo(expected);
            orders++;
        }
        assertThat(orders).isEqualTo(5040);
    }

    @Test
    void every_order_with_mp_attributes_is_the_same_attributes()
            throws BgpErrorException {
        List<byte[]> attributes = update().origin(0).asPath(1, 2).localPref(300).clusterList(1, 2, 3)
                .mpUnreach(IPV6_UNICAST, "2001:db8:1::/48").mpReach(IPV6_UNICAST, "2001:db8::1", "2001:db8:2::/48")
                .attributes();
        UpdateParser parser = new UpdateParser(INTERNAL, AttributeCandidate::make);
        parser.parse(update().attributes(attributes).frame());
        var first = multiprotocol(parser);

        for (List<byte[]> order : permutations(attributes)) {
            parser.parse(update().attributes(order).frame());
            assertThat(parser.errors()).isEmpty();
            assertThat(multiprotocol(parser)).isEqualTo(first);
            assertThat(texts(IPV6_UNICAST, parser.unreachable())).containsExactly("2001:db8:1:0:0:0:0:0/48");
            assertThat(texts(IPV6_UNICAST, parser.reachable())).containsExactly("2001:db8:2:0:0:0:0:0/48");
        }
    }

    private static <T> List<List<T>> permutations(List<T> items) {
        if (items.isEmpty()) {
            return List.of(List.of());
        }
        List<List<T>> all = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            List<T> rest = new ArrayList<>(items);
            T chosen = rest.remove(i);
            for (List<T> tail : permutations(Collections.unmodifiableList(rest))) {
                List<T> order = new ArrayList<>();
                order.add(chosen);
                order.addAll(tail);
                all.add(order);
            }
        }
        return all;
    }
}
