package io.tapetum.bench.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.AttributeCandidate;
import io.tapetum.wire.attribute.PathAttributes;
import io.tapetum.wire.message.BgpErrorException;
import io.tapetum.wire.nlri.PrefixReader;
import io.tapetum.wire.update.UpdateParser;

class NetworkTest {

    private static final int PREFIXES = 5000;

    @ParameterizedTest
    @EnumSource
    void a_table_is_the_same_at_every_call(Network network) {
        ByteBuf once = Updates.stream(network.table(PREFIXES));
        ByteBuf again = Updates.stream(network.table(PREFIXES));

        assertThat(again).isEqualTo(once);
    }

    @ParameterizedTest
    @EnumSource
    void a_table_has_as_many_different_prefixes_as_were_asked_for(Network network) {
        RouteTable table = network.table(PREFIXES);

        assertThat(table.prefixes()).hasSize(PREFIXES).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void the_updates_of_a_table_say_what_the_table_says(Network network) throws BgpErrorException {
        assertUpdatesSay(network.table(PREFIXES));
    }

    @Test
    void ipv6_updates_say_what_the_table_says() throws BgpErrorException {
        assertUpdatesSay(CalicoRoutes.ipv6(PREFIXES));
    }

    private static void assertUpdatesSay(RouteTable table) throws BgpErrorException {
        UpdateParser parser = Updates.parser(AttributeCandidate::make);
        List<ByteBuf> frames = Updates.frames(table);
        assertThat(frames).hasSameSizeAs(table.sets());
        for (int i = 0; i < frames.size(); i++) {
            RouteSet set = table.sets().get(i);
            parser.parse(frames.get(i));

            assertThat(parser.errors()).isEmpty();
            assertSays(set, Objects.requireNonNull(
                    table.family() == Family.IPV4_UNICAST ? parser.attributes() : parser.reachableAttributes()));
            List<Prefix> prefixes = new ArrayList<>(prefixes(parser.announced()));
            prefixes.addAll(prefixes(parser.reachable()));
            assertThat(prefixes).isEqualTo(set.prefixes());
        }
    }

    private static void assertSays(RouteSet set, PathAttributes received) {
        RouteAttributes attributes = set.attributes();
        assertThat(received.nextHop()).isEqualTo(attributes.nextHop());
        assertThat(received.asPathLength()).isEqualTo(attributes.asPath().size());
        assertThat(received.localPref()).isEqualTo(attributes.localPref());
        assertThat(received.med()).isEqualTo(Math.max(0, attributes.med()));
        assertThat(received.origin()).isEqualTo(attributes.origin());
    }

    private static List<Prefix> prefixes(PrefixReader reader) {
        List<Prefix> prefixes = new ArrayList<>();
        while (reader.next()) {
            prefixes.add(new Prefix(reader.high(), reader.low(), reader.length()));
        }
        return prefixes;
    }
}
