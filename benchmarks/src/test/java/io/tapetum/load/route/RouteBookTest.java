package io.tapetum.load.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;

import io.tapetum.bench.routes.Prefix;
import io.tapetum.bench.routes.RouteAttributes;
import io.tapetum.bench.routes.RouteSet;
import io.tapetum.wire.attribute.NextHop;

class RouteBookTest {

    @Test
    void every_route_is_found_by_its_prefix_whatever_is_guessed() {
        RouteBook book = RouteBooks.calico(300, 4, 10);
        Set<String> prefixes = new HashSet<>();

        for (int route = 0; route < book.size(); route++) {
            prefixes.add(book.prefix(route));
            assertThat(book.find(keyOf(book.prefix(route)), route)).isEqualTo(route);
            assertThat(book.find(keyOf(book.prefix(route)), book.size())).isEqualTo(route);
        }

        assertThat(prefixes).hasSize(300 * 14);
        assertThat(book.find(RouteBook.key(0x08080808, 32), 0)).isEqualTo(-1);
    }

    @Test
    void a_node_announces_all_its_routes_in_one_update() {
        RouteBook book = RouteBooks.calico(3, 4, 10);
        ByteBuf announcement = book.announcement(1);

        assertThat(book.ownedBy(1)).isEqualTo(14);
        assertThat(book.ownedBy(3)).isZero();
        assertThat(announcement.readableBytes()).isEqualTo(announcement.getUnsignedShort(16));
        announcement.release();
    }

    @Test
    void a_new_version_is_a_med_one_higher() {
        RouteBook book = RouteBooks.calico(2, 1, 0);
        assertThat(book.med(0)).isZero();

        book.renew(0);
        book.renewAll();

        assertThat(book.med(0)).isEqualTo(2);
        assertThat(book.med(1)).isEqualTo(1);
        assertThat(book.wasSaid(0, -1)).isFalse();
        assertThat(book.wasSaid(0, 2)).isTrue();
        assertThat(book.wasSaid(0, 3)).isFalse();
    }

    @Test
    void an_internet_table_has_one_owner_and_is_the_same_every_time() {
        RouteBook book = RouteBooks.fullTable(5000);
        RouteBook again = RouteBooks.fullTable(5000);

        assertThat(book.size()).isEqualTo(5000);
        assertThat(book.ownedBy(0)).isEqualTo(5000);
        assertThat(book.prefix(4999)).isEqualTo(again.prefix(4999));
        assertThat(book.attributes(book.profile(0)).nextHop())
                .isEqualTo(NextHop.ipv4(Addresses.nextHop(0)));
    }

    @Test
    void a_prefix_that_occurs_twice_is_refused() {
        RouteAttributes attributes = new RouteAttributes(0, List.of(), NextHop.ipv4(1), -1, 100, List.of());
        RouteSet set = new RouteSet(attributes, List.of(new Prefix(10L << 56, 0, 8)));

        assertThatThrownBy(() -> new RouteBook(List.of(List.of(set), List.of(set))))
                .hasMessage("10.0.0.0/8 occurs twice");
    }

    @Test
    void pools_have_an_end() {
        assertThatThrownBy(() -> RouteBooks.calico(100_000, 4, 0)).hasMessageContaining("262144");
    }

    private static long keyOf(String prefix) {
        String[] parts = prefix.split("[./]");
        int address = 0;
        for (int i = 0; i < 4; i++) {
            address = address << 8 | Integer.parseInt(parts[i]);
        }
        return RouteBook.key(address, Integer.parseInt(parts[4]));
    }
}
