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
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tapetum.server.admin.AnswerLimit.Patience;
import io.tapetum.server.reflector.Interventions;
import io.tapetum.wire.nlri.Prefix;

/** Answers that are larger than all buffers on the way, to readers who take their time. */
class StreamedAnswersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int BUFFER = 64 * 1024;

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

    /** Asks for the whole table, without chunks, and begins to read. */
    private InputStream begin() throws IOException {
        reader.setReceiveBufferSize(BUFFER);
        reader.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), served.port()));
        reader.getOutputStream().write("GET /v1/routes HTTP/1.0\r\nHost: localhost\r\n\r\n"
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
        serve(new Patience(Duration.ofMillis(500), PATIENCE));

        InputStream in = begin();

        await().atMost(PATIENCE).until(this::hungUp);
        assertThat(pagesAsked()).isLessThan(LargeTable.PAGES);
        assertThat(rest(in)).as("a part never looks like the whole").isFalse();
        assertThat(sessionsAnswered()).isEqualTo(200);
    }

    @Test
    void whoever_takes_a_large_answer_slowly_gets_all_of_it() throws Exception {
        serve(new Patience(Duration.ofSeconds(3), PATIENCE));
        long began = System.nanoTime();

        InputStream in = begin();
        byte[] some = new byte[BUFFER];
        int read = 0;
        while (System.nanoTime() - began < Duration.ofSeconds(4).toNanos()) {
            // Slowness is what is tested here.
            await().pollDelay(Duration.ofMillis(50)).until(() -> true);
            read += in.readNBytes(some, 0, some.length);
        }
        assertThat(pagesAsked()).as("it takes longer than nothing may be taken").isLessThan(LargeTable.PAGES);
        assertThat(read).isPositive();

        assertThat(rest(in)).isTrue();
    }

    @Test
    void whoever_takes_longer_than_anybody_needs_is_cut_off() throws Exception {
        serve(new Patience(PATIENCE, Duration.ofSeconds(1)));

        begin();

        await().atMost(PATIENCE).until(this::hungUp);
        assertThat(pagesAsked()).isLessThan(LargeTable.PAGES);
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

    /** Whether the answer goes on to its end. */
    private static boolean rest(InputStream in) {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).endsWith("]}\n");
        } catch (IOException _) {
            return false;
        }
    }
}
