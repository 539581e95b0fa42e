package io.tapetum.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tapetum.server.StubReflector;
import io.tapetum.server.admin.AnswerLimit.Patience;
import io.tapetum.server.reflector.Interventions;
import io.tapetum.server.reflector.SessionStatus;
import io.tapetum.wire.nlri.Prefix;

/** Answers that are larger than all buffers on the way, to readers who take their time. */
class StreamedAnswersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Far more than the first octet needs, on a busy machine and with classes still to be loaded. */
    private static final Duration IMPATIENCE = Duration.ofSeconds(5);

    private static final int BUFFER = 64 * 1024;

    /** How the table as a whole ends. */
    private static final String END = "]}\n";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Socket reader = new Socket();

    @SuppressWarnings("NullAway.Init") // by each test
    private Served served;

    @AfterEach
    void close() throws IOException {
        reader.close();
        http.close();
        served.close();
    }

    private void serve(Patience patience) throws IOException {
        served = Served.patient(patience);
        served.reflector.table = LargeTable.routes();
    }

    /** Asks for the whole table and begins to read. */
    private InputStream begin() throws IOException {
        return begin("/v1/routes");
    }

    /** Asks without chunks and begins to read. */
    private InputStream begin(String path) throws IOException {
        reader.setReceiveBufferSize(BUFFER);
        reader.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), served.port()));
        reader.getOutputStream().write(("GET " + path + " HTTP/1.0\r\nHost: localhost\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        InputStream in = reader.getInputStream();
        assertThat(new String(in.readNBytes(15), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200 OK");
        return in;
    }

    private long pagesAsked() {
        return served.reflector.calls.stream().filter(call -> call.startsWith("routes: ")).count();
    }

    private int sessionsAnswered() throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(served.uri("/v1/sessions")).build(), BodyHandlers.ofString())
                .statusCode();
    }

    private static String body(byte[] answer) {
        String text = new String(answer, StandardCharsets.UTF_8);
        return text.substring(text.indexOf("\r\n\r\n") + 4);
    }

    @Test
    void whoever_stops_reading_a_table_stops_nobody_but_himself() throws Exception {
        serve(new Patience(PATIENCE, PATIENCE));

        InputStream in = begin();
        await().atMost(PATIENCE).until(() -> pagesAsked() > 2);

        for (int i = 0; i < 20; i++) {
            assertThat(sessionsAnswered()).isEqualTo(200);
        }
        assertThat(served.reflector.clear("node-1", Interventions.Clear.SOFT_IN, "")).isOne();
        assertThat(pagesAsked()).as("the table waits for its reader").isLessThan(LargeTable.PAGES);

        Sizes read = Json.read(body(in.readAllBytes()).getBytes(StandardCharsets.UTF_8), Sizes.class);
        assertThat(read.routes()).hasSize(LargeTable.ROUTES);
        assertThat(pagesAsked()).isEqualTo(LargeTable.PAGES + 1);
    }

    private record Sizes(List<Only> routes) {

        private record Only(Prefix prefix) {}
    }

    @Test
    void whoever_takes_nothing_for_too_long_is_cut_off() throws Exception {
        serve(new Patience(IMPATIENCE, PATIENCE));

        InputStream in = begin();

        await().atMost(PATIENCE).until(this::hungUp);
        assertThat(pagesAsked()).isLessThan(LargeTable.PAGES);
        assertThat(rest(in)).as("a part never looks like the whole").doesNotEndWith(END);
        assertThat(sessionsAnswered()).isEqualTo(200);
    }

    @Test
    void whoever_takes_a_large_answer_slowly_gets_all_of_it() throws Exception {
        serve(new Patience(IMPATIENCE, PATIENCE));
        long began = System.nanoTime();

        InputStream in = begin();
        byte[] some = new byte[BUFFER];
        int read = 0;
        while (System.nanoTime() - began < IMPATIENCE.plusSeconds(1).toNanos()) {
            // Slowness is what is tested here.
            await().pollDelay(Duration.ofMillis(50)).until(() -> true);
            read += in.readNBytes(some, 0, some.length);
        }
        assertThat(pagesAsked()).as("it takes longer than nothing may be taken").isLessThan(LargeTable.PAGES);
        assertThat(read).isPositive();

        assertThat(rest(in)).endsWith(END);
    }

    @Test
    void whoever_takes_longer_than_anybody_needs_is_cut_off() throws Exception {
        serve(new Patience(PATIENCE, IMPATIENCE));

        begin();

        await().atMost(PATIENCE).until(this::hungUp);
        assertThat(pagesAsked()).isLessThan(LargeTable.PAGES);
    }

    @Test
    void a_scrape_that_nobody_takes_is_cut_off_and_leaves_no_thread() throws Exception {
        serve(new Patience(IMPATIENCE, PATIENCE));
        served.reflector.sessions = Collections.nCopies(20, wordy(StubReflector.SESSIONS.getFirst()));

        long began = System.nanoTime();
        begin("/metrics");
        assertThat(scrapes()).isPositive();

        await().atMost(PATIENCE).until(this::hungUp);
        await().atMost(PATIENCE).until(() -> scrapes() == 0);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).as("not all of it fits into the buffers on the way")
                .isGreaterThan(IMPATIENCE);
    }

    /** The same session, by a name that makes its series long. */
    private static SessionStatus wordy(SessionStatus of) {
        return new SessionStatus("n".repeat(BUFFER), of.origin(), of.address(), of.port(), of.as(), of.role(),
                of.protection(), of.state(), of.stopped(), of.uptime(), of.since(), of.lastError(), of.lastErrorCode(),
                of.agreement(), of.routes(), of.figures());
    }

    private static long scrapes() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().equals("scrape")).count();
    }

    /** Whether the server has closed the connection: then nobody takes what is sent to it. */
    private boolean hungUp() {
        try {
            reader.getOutputStream().write('x');
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    /** What is still to be read of the answer, or nothing if the connection breaks before its end. */
    private static String rest(InputStream in) {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException _) {
            return "";
        }
    }
}
