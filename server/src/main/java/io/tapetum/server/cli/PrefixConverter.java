package io.tapetum.server.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import io.tapetum.wire.nlri.Prefix;

/** Prefixes as they are typed. */
final class PrefixConverter implements ITypeConverter<Prefix> {

    @Override
    public Prefix convert(String text) {
        return Prefix.parse(text).orElseThrow(() -> new TypeConversionException(expected(text)));
    }

    static String expected(String text) {
        return "'" + text + "': expected a prefix such as 10.3.0.0/24 or fd00:3::/64";
    }
}
