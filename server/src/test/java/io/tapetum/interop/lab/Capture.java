package io.tapetum.interop.lab;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import io.tapetum.interop.wire.CapturedMessage;
import io.tapetum.interop.wire.TcpSegment;

/**
 * The BGP messages that pass a host's interface, cut into messages by tshark: what crossed the wire is judged by a
 * program that is neither the reflector nor this project's own decoder.
 */
public final class Capture implements AutoCloseable {
    private final Host host;
    private final Path file;
    private final Daemon tshark;

    private Capture(Host host, Path file, Daemon tshark) {
        this.host = host;
        this.file = file;
        this.tshark = tshark;
    }

    /** Starts to capture, and returns when packets are being seen. */
    public static Capture on(Host host, String name) {
        Path file = host.folder().resolve(name + ".pcapng");
        // -B: megabytes for packets that wait to be written.
        Daemon tshark = host.start(name + "-tshark", Toolbox.command("tshark", "tshark"), "-q", "-i", "eth0", "-B", "8",
                "-f", "tcp port 179", "-w", file.toString());
        // The file's header is written after the interface was opened.
        await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(file) && Files.size(file) > 0);
        return new Capture(host, file, tshark);
    }

    /** Stops to capture and returns every BGP message so far in the order of the wire. */
    public List<CapturedMessage> stop() {
        end();
        String frames = tshark("-Y", "bgp", "-T", "json", "-x", "--no-duplicate-keys", "-J", "frame ip ipv6 bgp");
        List<CapturedMessage> messages = new ArrayList<>();
        Json.parse(frames).elements().map(frame -> frame.get("_source").get("layers"))
                .forEach(layers -> addMessages(messages, layers));
        return messages;
    }

    /** Every segment, those without a BGP message too, in the order of the wire. Stops to capture. */
    public List<TcpSegment> segments() {
        end();
        return Json.parse(tshark("-Y", "tcp", "-T", "json", "-x", "-J", "frame")).elements()
                .map(frame -> frame.get("_source").get("layers").get("frame_raw").texts().getFirst())
                .map(hex -> TcpSegment.ofFrame(HexFormat.of().parseHex(hex))).toList();
    }

    /** What tshark finds wrong in the messages, one line each; empty when all is well. Call it after {@link #stop}. */
    public String complaints() {
        return tshark("-Y", "bgp && (_ws.malformed || _ws.expert.severity >= 6291456)", "-T", "fields", "-e",
                "frame.number", "-e", "_ws.expert.message", "-e", "_ws.col.Info");
    }

    /** After it, everything that has passed is in the file. */
    private void end() {
        if (tshark.alive()) {
            awaitMark();
            close();
        }
    }

    @Override
    public void close() {
        if (tshark.alive()) {
            tshark.terminate();
        }
    }

    /**
     * Sends a packet that nothing else sends, and waits for it to be in the file: packets are written in order, but only
     * when a buffer is full or has waited for long enough, and not at the end.
     */
    private void awaitMark() {
        host.inside(() -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.ofLiteral(Lab.SWITCH_ADDRESS), 179), 1000);
                return true;
            } catch (IOException e) {
                return false; // Refused, as it should be.
            }
        });
        // While the file is being written its end may be cut, which tshark tells by its exit status.
        await().atMost(Duration.ofSeconds(20)).until(() -> !Commands
                .run(host.folder(), command("-Y", "ip.dst == " + Lab.SWITCH_ADDRESS)).output().isBlank());
    }

    private String tshark(String... arguments) {
        return Commands.check(host.folder(), command(arguments));
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Toolbox.command("tshark", "tshark"), "-n", "-r",
                file.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static void addMessages(List<CapturedMessage> messages, Json layers) {
        String family = layers.get("ip").text().isPresent() ? "ip" : "ipv6";
        String source = layers.get(family).get(family + ".src").text().orElseThrow();
        String destination = layers.get(family).get(family + ".dst").text().orElseThrow();
        Instant time = time(layers.get("frame").get("frame.time_epoch").text().orElseThrow());
        // One message is [hex, position, length, ...]; several are a list of such lists.
        List<Json> raw = layers.get("bgp_raw").elements().toList();
        boolean several = raw.getFirst().elements().findAny().isPresent();
        for (Json message : several ? raw : List.of(layers.get("bgp_raw"))) {
            messages.add(new CapturedMessage(time, source, destination, message.texts().getFirst()));
        }
    }

    /** Seconds since 1970, with their fraction. */
    private static Instant time(String epoch) {
        BigDecimal seconds = new BigDecimal(epoch);
        return Instant.ofEpochSecond(seconds.longValue(),
                seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue());
    }
}
