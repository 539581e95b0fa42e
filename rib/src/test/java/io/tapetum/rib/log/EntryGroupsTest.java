package io.tapetum.rib.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryGroupsTest {

    private final EntryGroups groups = new EntryGroups();

    @Test
    void messages_that_differ_only_in_their_nlri_are_one_group() {
        int one = groups.group(MessageKind.ANNOUNCE, 7, new byte[]{1, 2, 3, 9}, 2, 3, 4);
        int other = groups.group(MessageKind.ANNOUNCE, 7, new byte[]{1, 2, 4, 5, 9}, 2, 4, 5);

        assertThat(other).isEqualTo(one);
    }

    @Test
    void kind_source_and_where_the_nlri_stand_tell_groups_apart() {
        byte[] message = {1, 2, 3};

        assertThat(List.of(groups.group(MessageKind.ANNOUNCE, 7, message, 2, 2, 3),
                groups.group(MessageKind.ANNOUNCE_UNCLEAN, 7, message, 2, 2, 3),
                groups.group(MessageKind.ANNOUNCE, 8, message, 2, 2, 3),
                groups.group(MessageKind.ANNOUNCE, 7, message, 1, 1, 3))).containsExactly(0, 1, 2, 3);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void random_messages_are_grouped_as_a_map_would_do_it(long seed) {
        Random random = new Random(seed);
        for (int run = 0; run < 50; run++) {
            groups.clear();
            Map<Said, List<Integer>> model = new LinkedHashMap<>();
            int variety = 1 + random.nextInt(40);
            for (int slot = random.nextInt(2_000); slot >= 0; slot--) {
                byte[] message = message(random.nextInt(variety), random);
                int end = message.length;
                int nlri = Math.min(end, random.nextInt(3) == 0 ? end : 20);
                int nlriEnd = nlri + random.nextInt(end - nlri + 1);
                byte kind = (byte) random.nextInt(4);
                int source = random.nextInt(3);

                groups.add(groups.group(kind, source, message, nlri, nlriEnd, end), slot);

                model.computeIfAbsent(new Said(kind, source, octets(message, 0, nlri), octets(message, nlriEnd, end)),
                        said -> new ArrayList<>()).add(slot);
            }
            assertThat(content()).isEqualTo(model);
            assertThat(new ArrayList<>(content().keySet())).isEqualTo(new ArrayList<>(model.keySet()));
        }
    }

    private record Said(byte kind, int source, List<Byte> before, List<Byte> after) {}

    /** Long ones differ in one octet only. */
    private static byte[] message(int variant, Random random) {
        byte[] message = new byte[30 + (variant % 3) * 400];
        message[variant % 2 == 0 ? 3 : 19] = (byte) variant;
        Arrays.fill(message, 20, 28, (byte) random.nextInt());
        return message;
    }

    private Map<Said, List<Integer>> content() {
        Map<Said, List<Integer>> content = new LinkedHashMap<>();
        for (int group = 0; group < groups.size(); group++) {
            List<Integer> slots = new ArrayList<>();
            for (int entry = groups.first(group); entry >= 0; entry = groups.next(entry)) {
                slots.add(groups.slot(entry));
            }
            content.put(new Said(groups.kind(group), groups.source(group),
                    octets(groups.frames(), groups.frame(group), groups.trailer(group)),
                    octets(groups.frames(), groups.trailer(group), groups.frameEnd(group))), slots);
        }
        return content;
    }

    private static List<Byte> octets(byte[] array, int from, int to) {
        List<Byte> octets = new ArrayList<>();
        for (int i = from; i < to; i++) {
            octets.add(array[i]);
        }
        return octets;
    }
}
