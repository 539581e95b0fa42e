package io.tapetum.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.tapetum.server.tls.TestIdentity;
import io.tapetum.server.tls.TlsIdentity;

/** What is read again while the endpoint runs, with a clock that stands still until it is told to go on. */
class RenewedTest {

    @TempDir
    private Path folder = Path.of("");

    /** The counter begins shortly before it overflows, as it may. */
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);

    private void goOn() {
        nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(2));
    }

    @Test
    void a_fault_while_reading_revokes_what_was_read_before_and_its_own_words_are_not_told() throws IOException {
        AtomicInteger reads = new AtomicInteger();
        Renewed<String> token = new Renewed<>("the token", () -> {
            if (reads.getAndIncrement() == 1) {
                throw new IllegalStateException("planted");
            }
            return "token";
        }, _ -> "none", nanoTime::get);
        try (Logged logged = new Logged()) {
            assertThat(token.get()).isEqualTo("token");

            goOn();
            assertThat(token.get()).isEqualTo("none");
            assertThat(logged.lines()).singleElement().asString()
                    .startsWith("WARN the token cannot be renewed: a fault of the program")
                    .contains("java.lang.IllegalStateException").doesNotContain("planted");

            goOn();
            assertThat(token.get()).isEqualTo("token");
        }
    }

    @Test
    void handshakes_go_on_with_the_certificate_that_is_known_while_another_is_read() throws Exception {
        TestIdentity made = TestIdentity.of(folder, "rr1", "EC");
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch read = new CountDownLatch(1);
        AtomicInteger reads = new AtomicInteger();
        RenewedKeyManager keys = new RenewedKeyManager(new Renewed<>("the certificate", () -> {
            if (reads.getAndIncrement() > 0) {
                reading.countDown();
                awaitUninterrupted(read);
            }
            return new TlsIdentity(List.of(made.certificate()), made.key());
        }, identity -> identity, nanoTime::get));
        goOn();

        CompletableFuture<String[]> first = handshake(keys);
        assertThat(reading.await(30, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<String[]> second = handshake(keys);

        assertThat(second.get(30, TimeUnit.SECONDS)).containsExactly("1");
        assertThat(first).isNotDone();
        read.countDown();
        assertThat(first.get(30, TimeUnit.SECONDS)).containsExactly("1");
    }

    /** On a thread of its own: the common pool has one on a small machine. */
    private static CompletableFuture<String[]> handshake(RenewedKeyManager keys) {
        return CompletableFuture.supplyAsync(() -> keys.getServerAliases("EC", null),
                command -> Thread.ofVirtual().start(command));
    }

    private static void awaitUninterrupted(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void a_certificate_that_comes_back_has_its_old_alias_and_no_other_ever_gets_that() throws Exception {
        TlsIdentity one = identity("one");
        TlsIdentity two = identity("two");
        TlsIdentity three = identity("three");
        List<TlsIdentity> written = List.of(one, two, one, three);
        AtomicInteger reads = new AtomicInteger();
        RenewedKeyManager keys = new RenewedKeyManager(new Renewed<>("the certificate",
                () -> written.get(reads.getAndIncrement()), identity -> identity, nanoTime::get));

        for (String alias : List.of("2", "1", "3")) {
            goOn();
            assertThat(keys.getServerAliases("EC", null)).containsExactly(alias);
        }
        assertThat(keys.getPrivateKey("3")).isEqualTo(three.key());
        assertThat(keys.getPrivateKey("1")).isEqualTo(one.key());
        assertThat(keys.getPrivateKey("2")).isNull();
    }

    private TlsIdentity identity(String name) {
        TestIdentity made = TestIdentity.of(folder, name, "EC");
        return new TlsIdentity(List.of(made.certificate()), made.key());
    }
}
