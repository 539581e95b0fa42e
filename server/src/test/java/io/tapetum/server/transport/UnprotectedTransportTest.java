package io.tapetum.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tapetum.server.Tapetum;

/** What becomes of protected peers where Netty has no native transport, and so none of the kernel's options. */
class UnprotectedTransportTest {

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"tcp-md5-key = \"env:BGP_KEY\"", "ttl-security = 1"})
    void a_configuration_that_asks_for_protection_does_not_start_and_says_why(String protection) throws Exception {
        Process process = startWithoutNativeTransport("peers = [ { address = 10.0.0.2, " + protection + " } ]");

        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(output).contains("tcp-md5-key and ttl-security need Netty's native transport");
    }

    private Process startWithoutNativeTransport(String peers) throws IOException {
        Path file = Files.writeString(folder.resolve("tapetum.conf"), "tapetum { router-id = 10.0.0.1, listen = [],"
                + " admin.listen = off, control.directory = off, " + peers + " }");
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dio.netty.transport.noNative=true", "-cp", System.getProperty("java.class.path"),
                Tapetum.class.getName(), "run", "--config", file.toString()).redirectErrorStream(true);
        builder.environment().put("BGP_KEY", "a key that is long enough");
        return builder.start();
    }
}
