package io.tapetum.server.cli;

import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import io.tapetum.server.config.ListenAddress;

/** Which reflector is asked. */
final class AdminOption {

    @Option(names = "--admin", paramLabel = "HOST:PORT", description = "its admin.listen; ${DEFAULT-VALUE} unless you say otherwise")
    ListenAddress endpoint = parse("127.0.0.1:9179");

    static ListenAddress parse(String text) {
        return ListenAddress.parse(text).orElseThrow(() -> new TypeConversionException(
                "'" + text + "': expected an address and port such as 127.0.0.1:9179 or [::1]:9179"));
    }
}
