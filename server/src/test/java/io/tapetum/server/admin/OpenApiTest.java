package io.tapetum.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.tapetum.core.delay.Delays;
import io.tapetum.server.admin.Orders.Affected;
import io.tapetum.server.admin.Orders.ClearOrder;
import io.tapetum.server.admin.Orders.Drained;
import io.tapetum.server.admin.Orders.FollowOrder;
import io.tapetum.server.admin.Orders.Followed;
import io.tapetum.server.admin.Orders.ShutdownOrder;
import io.tapetum.server.inquiry.Explanation;
import io.tapetum.server.inquiry.PrefixHistory;
import io.tapetum.server.inquiry.RoutePage;
import io.tapetum.server.journal.JournalPage;
import io.tapetum.server.reflector.SessionStatus;
import io.tapetum.server.reflector.TableStatus;
import io.tapetum.server.trend.Trend;
import io.tapetum.wire.attribute.NextHop;
import io.tapetum.wire.nlri.Prefix;

/** That openapi.json says what the program does, and the program what openapi.json says. */
class OpenApiTest {

    /** Every record that is an answer as a whole, or an order. */
    private static final List<Class<?>> SENT = List.of(ReflectorState.class, Sessions.class, SessionStatus.class,
            Groups.class, TableStatus.class, Delays.class, Sources.class, RoutePage.class, Explanation.class,
            PrefixHistory.class, JournalPage.class, Trend.class, Answer.Failure.class, Affected.class, Followed.class,
            Drained.class,
            ClearOrder.class, ShutdownOrder.class, FollowOrder.class);

    /** Members that must be there, though they may be missing in what somebody sends. */
    private static final Set<String> DEMANDED = Set.of("ClearOrder.what", "FollowOrder.prefix", "Failure.error");

    /** Schemas whose records are called otherwise, where their name alone would say too little. */
    private static final Map<String, String> NAMES = Map.of("Size", "TableSize", "Entry", "HistoryEntry");

    /** Schemas without a record: the configuration has whatever keys it has. */
    private static final Set<String> WITHOUT_RECORD = Set.of("Configuration", "ConfigurationValue");

    private final Served served;
    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonNode document;
    private final JsonSchema schemas;

    OpenApiTest() throws Exception {
        served = Served.plain();
        document = Json.read(get("/v1/openapi.json").body().getBytes(StandardCharsets.UTF_8),
                JsonNode.class);
        schemas = new JsonSchema(document);
    }

    @AfterEach
    void close() {
        http.close();
        served.close();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(served.uri(path)).build(), BodyHandlers.ofString());
    }

    private JsonNode operation(Route route) {
        return document.at("/paths").path(route.path())
                .path(route.method().name().toLowerCase(Locale.ROOT));
    }

    private static Map<String, JsonNode> members(JsonNode object) {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        object.forEachEntry(members::put);
        return members;
    }

    /** Parameters of an operation that are in a place of the request, by name. */
    private static Map<String, JsonNode> parameters(JsonNode operation, String in) {
        return operation.path("parameters").valueStream()
                .filter(parameter -> parameter.path("in").asText().equals(in))
                .collect(Collectors.toMap(parameter -> parameter.path("name").asText(), parameter -> parameter));
    }

    @Test
    void what_can_be_asked_for_is_described_and_nothing_else() {
        Set<String> described = new TreeSet<>();
        members(document.path("paths")).forEach((path, operations) -> members(operations).keySet()
                .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path)));

        assertThat(described).containsExactlyInAnyOrderElementsOf(
                served.routes().stream().map(route -> route.method() + " " + route.path()).toList());
    }

    @Test
    void every_parameter_is_described_and_no_other() {
        for (Route route : served.routes()) {
            Map<String, JsonNode> query = parameters(operation(route), "query");
            List<String> needed = route.needed().stream().map(Parameter::name).toList();

            assertThat(query.keySet()).as(route.path()).containsExactlyInAnyOrderElementsOf(
                    route.parameters().stream().map(Parameter::name).toList());
            query.forEach((name, parameter) -> assertThat(parameter.path("required").asBoolean())
                    .as("%s: %s", route.path(), name).isEqualTo(needed.contains(name)));
            assertThat(parameters(operation(route), "path").keySet()).as(route.path())
                    .isEqualTo(route.path().contains("{peer}") ? Set.of("peer") : Set.of());
        }
    }

    @Test
    void a_parameter_takes_exactly_what_is_described() {
        for (Route route : served.routes()) {
            for (Parameter<?> parameter : route.parameters()) {
                JsonNode schema = schemas
                        .resolved(parameters(operation(route), "query")
                                .getOrDefault(parameter.name(), MissingNode.getInstance()).path("schema"));
                String as = route.path() + ": " + parameter.name();

                schema.path("enum").forEach(word -> assertThat(parameter.reader().apply(word.asText())).as(as)
                        .isPresent());
                if (parameter.expected().startsWith("one of ")) {
                    assertThat(parameter.expected()).as(as).isEqualTo("one of " + schema.path("enum").valueStream()
                            .map(JsonNode::asText).collect(Collectors.joining(", ")));
                }
                if (schema.path("type").asText().equals("integer")) {
                    long least = schema.path("minimum").asLong();
                    long most = schema.path("maximum").asLong(Long.MAX_VALUE);
                    assertThat(parameter.reader().apply(Long.toString(least))).as(as).isPresent();
                    assertThat(parameter.reader().apply(Long.toString(least - 1))).as(as).isEmpty();
                    assertThat(parameter.reader().apply(Long.toString(most))).as(as).isPresent();
                    assertThat(parameter.reader().apply(Long.toString(most) + "0")).as(as).isEmpty();
                }
            }
        }
    }

    @Test
    void who_may_ask_is_described() {
        for (Route route : served.routes()) {
            boolean open = route.access() == Route.Access.ANYBODY;
            assertThat(operation(route).path("security").isEmpty()).as(route.path()).isEqualTo(open);
            assertThat(operation(route).path("description").asText()).as(route.path()).contains(
                    open ? "without a token" : "scope = " + route.method().scope().name().toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void every_record_is_described_member_by_member() {
        Map<String, Class<?>> records = new TreeMap<>();
        SENT.forEach(type -> collect(type, records));
        Set<String> described = new TreeSet<>(members(document.at("/components/schemas")).keySet());
        described.removeIf(name -> !document.at("/components/schemas/" + name).has("properties"));
        described.removeAll(WITHOUT_RECORD);

        assertThat(described).isEqualTo(records.keySet());
        records.forEach(this::compare);
    }

    private static String schemaName(Class<?> type) {
        return NAMES.getOrDefault(type.getSimpleName(), type.getSimpleName());
    }

    private static void collect(Type type, Map<String, Class<?>> records) {
        if (type instanceof ParameterizedType several) {
            Arrays.stream(several.getActualTypeArguments()).forEach(argument -> collect(argument, records));
        } else if (type instanceof Class<?> one && one.isRecord() && !isText(one)
                && records.put(schemaName(one), one) == null) {
            Arrays.stream(one.getRecordComponents()).forEach(component -> collect(component.getGenericType(), records));
        }
    }

    private static boolean isText(Class<?> type) {
        return type == String.class || type == Prefix.class || type == NextHop.class || type == Instant.class
                || InetAddress.class.isAssignableFrom(type);
    }

    private static String memberName(RecordComponent component) {
        String kebab = component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        return component.getType() == Duration.class ? kebab + "-seconds" : kebab;
    }

    private static boolean mayBeMissing(Class<?> type, RecordComponent component) {
        AnnotatedType annotated = component.getAnnotatedType();
        return annotated.isAnnotationPresent(Nullable.class)
                && !DEMANDED.contains(type.getSimpleName() + "." + component.getName());
    }

    private void compare(String name, Class<?> type) {
        JsonNode schema = document.at("/components/schemas/" + name);
        List<RecordComponent> components = List.of(type.getRecordComponents());

        assertThat(members(schema.path("properties")).keySet()).as(name)
                .containsExactlyInAnyOrderElementsOf(components.stream().map(OpenApiTest::memberName).toList());
        assertThat(schema.path("required").valueStream().map(JsonNode::asText)).as(name)
                .containsExactlyInAnyOrderElementsOf(components.stream()
                        .filter(component -> !mayBeMissing(type, component)).map(OpenApiTest::memberName).toList());
        components.forEach(component -> compare(name + "." + component.getName(), component.getGenericType(),
                schema.path("properties").path(memberName(component))));
    }

    private void compare(String as, Type type, JsonNode described) {
        JsonNode schema = schemas.resolved(described);
        assertThat(schema.path("type").asText()).as(as).isEqualTo(jsonType(type));
        if (type instanceof ParameterizedType several) {
            Type[] arguments = several.getActualTypeArguments();
            if (arguments.length == 1) {
                compare(as, arguments[0], schema.path("items"));
            } else {
                compare(as, arguments[1], schema.path("additionalProperties"));
                if (arguments[0] instanceof Class<?> key && key.isEnum()) {
                    assertThat(words(schemas.resolved(schema.path("propertyNames")))).as(as).isEqualTo(words(key));
                }
            }
        } else if (type instanceof Class<?> one && one.isEnum()) {
            assertThat(words(schema)).as(as).isEqualTo(words(one));
        } else if (type instanceof Class<?> one && one.isRecord() && !isText(one)) {
            assertThat(described.path("$ref").asText()).as(as).isEqualTo("#/components/schemas/" + schemaName(one));
        } else if (type == Instant.class) {
            assertThat(schema.path("format").asText()).as(as).isEqualTo("date-time");
        }
    }

    private static String jsonType(Type type) {
        if (type instanceof ParameterizedType several) {
            return Collection.class.isAssignableFrom((Class<?>) several.getRawType()) ? "array" : "object";
        }
        Class<?> one = (Class<?>) type;
        if (one == int.class || one == long.class || one == Integer.class || one == Long.class) {
            return "integer";
        }
        if (one == boolean.class) {
            return "boolean";
        }
        if (one == Duration.class || one == double.class) {
            return "number";
        }
        return one.isEnum() || isText(one) ? "string" : "object";
    }

    private static Set<String> words(Class<?> constants) {
        return Arrays.stream(constants.getEnumConstants()).map(constant -> Json.word((Enum<?>) constant))
                .collect(Collectors.toSet());
    }

    private static Set<String> words(JsonNode schema) {
        return schema.path("enum").valueStream().map(JsonNode::asText).collect(Collectors.toSet());
    }

    @Test
    void every_example_is_as_its_schema_says_and_can_be_read() {
        Map<String, Class<?>> records = SENT.stream()
                .collect(Collectors.toMap(OpenApiTest::schemaName, type -> type));
        List<JsonNode> contents = document.findParents("example").stream().filter(node -> node.has("schema"))
                .filter(node -> node.path("schema").has("$ref")).toList();
        assertThat(contents).hasSizeGreaterThan(25);
        for (JsonNode content : contents) {
            String name = content.at("/schema/$ref").asText().replaceAll(".*/", "");

            assertThat(schemas.problems(content.path("example"), content.path("schema"))).as(name).isEmpty();
            Class<?> type = records.get(name);
            if (type != null) {
                assertThat(Json.read(Json.write(content.path("example")), type)).as(name).isNotNull();
            }
        }
    }

    @Test
    void every_answer_is_as_its_schema_says() throws Exception {
        for (Route route : served.routes()) {
            JsonNode schema = operation(route).at("/responses/200/content/application~1json/schema");
            if (route.method() == Route.Method.GET && !schema.isMissingNode()) {
                String answer = get(Examples.url(route)).body();

                assertThat(schemas.problems(tree(answer), schema)).as(route.path()).isEmpty();
            }
        }
    }

    @Test
    void every_order_is_obeyed_as_its_example_says() throws Exception {
        for (Route route : served.routes()) {
            if (route.method() == Route.Method.POST) {
                String body = Json.pretty(operation(route).at("/requestBody/content/application~1json/example"));
                HttpRequest request = HttpRequest.newBuilder(served.uri(Examples.url(route)))
                        .header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)).build();
                String answer = http.send(request, BodyHandlers.ofString()).body();

                assertThat(schemas.problems(tree(answer),
                        operation(route).at("/responses/200/content/application~1json/schema"))).as(route.path())
                        .isEmpty();
            }
        }
    }

    @Test
    void every_refusal_is_as_its_schema_says() throws Exception {
        JsonNode schema = document.at("/components/schemas/Failure");
        for (String path : List.of("/v1/nothing", "/v1/sessions/nobody", "/v1/history?prefix=192.0.2.0/24",
                "/v1/routes?limit=0", "/v1/drain")) {
            assertThat(schemas.problems(tree(get(path).body()), schema)).as(path).isEmpty();
        }
    }

    private static JsonNode tree(String json) {
        return Json.read(json.getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }
}
