package io.tapetum.server.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import io.tapetum.server.keys.KeyReference;

/** What a key may be called. What is no name may be a key, so it is not shown. */
final class KeyName implements ITypeConverter<String> {

    @Override
    public String convert(String text) {
        if (!KeyReference.Stored.NAME.matcher(text).matches()) {
            throw new TypeConversionException(
                    "a name has 1 to 64 small letters, digits, dots, dashes and underscores, and"
                            + " begins with a letter or digit");
        }
        return text;
    }
}
