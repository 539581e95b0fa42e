package io.tapetum.server.admin;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serial;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.PropertyNamingStrategy;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedField;
import com.fasterxml.jackson.databind.introspect.AnnotatedMethod;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.type.TypeFactory;

import io.tapetum.wire.Family;
import io.tapetum.wire.attribute.NextHop;
import io.tapetum.wire.nlri.Prefix;

/**
 * Records as they are sent: objects whose names are those of the components, {@code last-error} for {@code lastError}, so
 * that there is nothing to forget and nothing to get out of step. Constants are words, {@code soft-in} for
 * {@code SOFT_IN}; addresses, prefixes and moments are texts; a duration is a number of seconds, and its name says so:
 * {@code uptime-seconds}. What is {@code null} is left out.
 */
public final class Json {

    private static final double NANOS_PER_SECOND = 1e9;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(new Names())
            .annotationIntrospector(new Words())
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            // Of a record only its components.
            .visibility(PropertyAccessor.GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            // A newer reflector may say more than an older program knows.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(values())
            .build();

    private Json() {}

    /** A record, or a collection of records, as octets. */
    static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records can always be written", e);
        }
    }

    /** The same, and a line break: it may be read in a terminal. */
    static byte[] line(Object value) {
        byte[] json = write(value);
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }

    /**
     * Writes records one after the other. It has to be flushed at the end, and not to be closed: what was not written to
     * its end is not to look as if it were.
     */
    static JsonGenerator generator(OutputStream out) throws IOException {
        return MAPPER.createGenerator(out).disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
    }

    /** The same for people, with line breaks. */
    public static String pretty(Object value) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records can always be written", e);
        }
    }

    /** Throws {@link IllegalArgumentException} if the text is not what {@link #write} makes of such a record. */
    static <T> T read(byte[] json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    /** The same, if the text says nothing that such a record has no place for. */
    static <T> T readExactly(byte[] json, Class<T> type) {
        try {
            return MAPPER.readerFor(type).with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readValue(json);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    /** {@code soft-in} for {@code SOFT_IN}, and {@code ipv4} for the family. */
    public static String word(Enum<?> constant) {
        return switch (constant) {
            case Family family -> switch (family) {
                case IPV4_UNICAST -> "ipv4";
                case IPV6_UNICAST -> "ipv6";
            };
            default -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        };
    }

    private static SimpleModule values() {
        SimpleModule module = new SimpleModule();
        text(module, Prefix.class, Prefix::toString, text -> Prefix.parse(text).orElseThrow());
        text(module, InetAddress.class, InetAddress::getHostAddress, InetAddress::ofLiteral);
        text(module, Instant.class, Instant::toString, Instant::parse);
        text(module, NextHop.class, NextHop::toString, text -> NextHop.of(InetAddress.ofLiteral(text)));
        module.addSerializer(new StdSerializer<Set<?>>(
                TypeFactory.defaultInstance().constructCollectionType(Set.class, Object.class)) {
            @Serial
            private static final long serialVersionUID = 1L;

            // Always in the same order, so that answers can be compared.
            @Override
            public void serialize(Set<?> value, JsonGenerator out, SerializerProvider provider) throws IOException {
                out.writeStartArray();
                for (Object element : value.stream().sorted().toList()) {
                    provider.defaultSerializeValue(element, out);
                }
                out.writeEndArray();
            }
        });
        module.addSerializer(Duration.class, new StdSerializer<Duration>(Duration.class) {
            @Serial
            private static final long serialVersionUID = 1L;

            @Override
            public void serialize(Duration value, JsonGenerator out, SerializerProvider provider) throws IOException {
                if (value.toNanosPart() == 0) {
                    out.writeNumber(value.toSeconds());
                } else {
                    out.writeNumber(value.toSeconds() + value.toNanosPart() / NANOS_PER_SECOND);
                }
            }
        });
        module.addDeserializer(Duration.class, new StdDeserializer<Duration>(Duration.class) {
            @Serial
            private static final long serialVersionUID = 1L;

            @Override
            public Duration deserialize(JsonParser in, DeserializationContext context) throws IOException {
                return Duration.ofNanos(Math.round(in.getDoubleValue() * NANOS_PER_SECOND));
            }
        });
        return module;
    }

    private static <T> void text(SimpleModule module, Class<T> type, Function<T, String> write,
            Function<String, T> read) {
        module.addSerializer(type, new StdSerializer<T>(type) {
            @Serial
            private static final long serialVersionUID = 1L;

            @Override
            public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
                out.writeString(write.apply(value));
            }
        });
        module.addDeserializer(type, new StdDeserializer<T>(type) {
            @Serial
            private static final long serialVersionUID = 1L;

            @Override
            public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
                try {
                    return read.apply(in.getText());
                } catch (RuntimeException e) {
                    throw context.weirdStringException(in.getText(), type, String.valueOf(e.getMessage()));
                }
            }
        });
    }

    /** {@code last-error}, and {@code uptime-seconds} of what is a duration. */
    private static final class Names extends PropertyNamingStrategy {

        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public String nameForField(MapperConfig<?> config, AnnotatedField field, String name) {
            return name(field.getType(), name);
        }

        @Override
        public String nameForGetterMethod(MapperConfig<?> config, AnnotatedMethod method, String name) {
            return name(method.getType(), name);
        }

        @Override
        public String nameForConstructorParameter(MapperConfig<?> config, AnnotatedParameter parameter, String name) {
            return name(parameter.getType(), name);
        }

        private static String name(JavaType type, String name) {
            String kebab = PropertyNamingStrategies.KebabCaseStrategy.INSTANCE.nameForField(null, null, name);
            return type.hasRawClass(Duration.class) ? kebab + "-seconds" : kebab;
        }
    }

    /** Constants as words. */
    private static final class Words extends JacksonAnnotationIntrospector {

        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public String[] findEnumValues(MapperConfig<?> config, AnnotatedClass type, Enum<?>[] constants,
                String[] names) {
            for (int i = 0; i < constants.length; i++) {
                names[i] = word(constants[i]);
            }
            return names;
        }
    }
}
