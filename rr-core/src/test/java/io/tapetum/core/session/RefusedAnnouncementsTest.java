package io.tapetum.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.tapetum.core.reflection.ImportRefusal;
import io.tapetum.wire.Family;
import io.tapetum.wire.nlri.Prefix;

class RefusedAnnouncementsTest {

    private static final ImportRefusal LOOP = new ImportRefusal.OwnCluster(0xE0000001);
    private static final ImportRefusal OWN = new ImportRefusal.OwnOriginatorId(0x01010101);

    private final RefusedAnnouncements memory = new RefusedAnnouncements();

    @Test
    void aRefusedPrefixIsRememberedWithReasonAndTime() {
        add(prefix("10.1.0.0/16"), LOOP, 17);

        assertThat(memory.find(prefix("10.1.0.0/16"))).isEqualTo(new RefusedAnnouncements.Remembered(LOOP, 0, 17));
        assertThat(memory.find(prefix("10.1.0.0/17"))).isNull();
        assertThat(memory.find(prefix("10.2.0.0/16"))).isNull();
    }

    @Test
    void theSameBitsInAnotherFamilyAreAnotherPrefix() {
        add(prefix("0.0.0.0/0"), LOOP, 1);

        assertThat(memory.find(prefix("::/0"))).isNull();
    }

    @Test
    void aPrefixRefusedAgainIsRememberedOnce() {
        add(prefix("10.1.0.0/16"), LOOP, 17);
        add(prefix("10.1.0.0/16"), OWN, 18);
        remove(prefix("10.1.0.0/16"));

        assertThat(memory.find(prefix("10.1.0.0/16"))).isNull();
        assertThat(memory.isEmpty()).isTrue();
    }

    @Test
    void whatWasTakenBackIsForgotten() {
        add(prefix("fd00:1::/64"), LOOP, 1);
        add(prefix("fd00:2::/64"), OWN, 2);

        remove(prefix("fd00:1::/64"));
        remove(prefix("fd00:3::/64"));

        assertThat(memory.find(prefix("fd00:1::/64"))).isNull();
        assertThat(memory.find(prefix("fd00:2::/64"))).isNotNull();
        assertThat(memory.isEmpty()).isFalse();
    }

    /** As of a reflector of the same cluster, all of whose routes are refused. */
    @Test
    void ofVeryManyTheLastAreRememberedAndThatThereWereOthers() {
        for (int i = 0; i < 100_000; i++) {
            add(numbered(i), LOOP, i);
        }

        assertThat(memory.lastOfMany()).isEqualTo(LOOP);
        assertThat(memory.find(numbered(99_999))).isNotNull();
        long remembered = 0;
        for (int i = 0; i < 100_000; i++) {
            remembered += memory.find(numbered(i)) == null ? 0 : 1;
        }
        assertThat(remembered).isEqualTo(RefusedAnnouncements.PLACES);
    }

    @Test
    void ofFewNoneIsForgotten() {
        add(prefix("10.1.0.0/16"), LOOP, 1);
        add(prefix("10.2.0.0/16"), LOOP, 2);

        assertThat(memory.lastOfMany()).isNull();
    }

    /** Each prefix is always written with a time that says which one it is, so that a mixture would show. */
    @Test
    void readersNeverSeeAMixtureOfTwoPrefixes() {
        int prefixes = 4 * RefusedAnnouncements.PLACES;
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<@Nullable String> reader = CompletableFuture.supplyAsync(() -> {
            while (!done.get()) {
                for (int i = 0; i < prefixes; i++) {
                    RefusedAnnouncements.Remembered found = memory.find(numbered(i));
                    boolean right = found == null || (found.atNanos() % prefixes == i
                            && found.refusal().equals(i % 2 == 0 ? LOOP : OWN));
                    if (!right) {
                        return i + ": " + found;
                    }
                }
            }
            return null;
        });

        for (int round = 0; round < 500 && !reader.isDone(); round++) {
            for (int i = 0; i < prefixes; i++) {
                add(numbered(i), i % 2 == 0 ? LOOP : OWN, (long) round * prefixes + i);
                if (i % 3 == 0) {
                    remove(numbered(i - 1));
                }
            }
        }
        done.set(true);

        assertThat(reader.join()).isNull();
    }

    private void add(Prefix prefix, ImportRefusal refusal, long now) {
        memory.add(prefix.family(), prefix.high(), prefix.low(), prefix.length(), 0, refusal, now);
    }

    private void remove(Prefix prefix) {
        memory.remove(prefix.family(), prefix.high(), prefix.low(), prefix.length(), 0);
    }

    private static Prefix numbered(int number) {
        return new Prefix(Family.IPV4_UNICAST, (long) number << Integer.SIZE, 0, Integer.SIZE);
    }

    private static Prefix prefix(String text) {
        return Prefix.parse(text).orElseThrow();
    }
}
