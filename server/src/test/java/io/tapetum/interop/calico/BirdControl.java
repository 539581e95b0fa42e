package io.tapetum.interop.calico;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A connection with BIRD's control socket, which costs so little that a daemon can be asked many times a second.
 *
 * <p>Each line of an answer begins with four digits and a hyphen, or with a space where the digits would be those of the
 * line before; the last one has a space after its digits. From 8000 on they tell an error. One thread uses it.
 */
final class BirdControl implements AutoCloseable {
    private static final int CODE_LENGTH = 4;
    private static final int FIRST_ERROR = 8000;

    private final SocketChannel channel;
    private final BufferedReader answers;

    private BirdControl(SocketChannel channel) {
        this.channel = channel;
        this.answers = new BufferedReader(Channels.newReader(channel, StandardCharsets.US_ASCII));
    }

    /** Connects, and has read the greeting on return. */
    static BirdControl connect(Path socket) throws IOException {
        BirdControl control = new BirdControl(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
        control.answer("greeting");
        return control;
    }

    /** Asks one question through a connection of its own. */
    static String ask(Path socket, String command) {
        try (BirdControl control = connect(socket)) {
            return control.ask(command);
        } catch (IOException e) {
            throw new UncheckedIOException(command + " at " + socket, e);
        }
    }

    /** What birdc would print. */
    String ask(String command) throws IOException {
        ByteBuffer octets = StandardCharsets.US_ASCII.encode(command + "\n");
        while (octets.hasRemaining()) {
            channel.write(octets);
        }
        return answer(command);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private String answer(String command) throws IOException {
        StringBuilder text = new StringBuilder();
        while (true) {
            String line = answers.readLine();
            if (line == null) {
                throw new IOException("BIRD has closed the connection after: " + command);
            }
            if (line.startsWith(" ")) {
                text.append(line, 1, line.length()).append('\n');
                continue;
            }
            int code = Integer.parseInt(line, 0, CODE_LENGTH, 10);
            text.append(line, CODE_LENGTH + 1, line.length()).append('\n');
            if (code >= FIRST_ERROR) {
                throw new IOException(command + ": " + text);
            }
            if (line.charAt(CODE_LENGTH) == ' ') {
                return text.toString();
            }
        }
    }
}
