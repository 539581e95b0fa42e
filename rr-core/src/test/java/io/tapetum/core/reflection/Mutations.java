package io.tapetum.core.reflection;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.tapetum.core.settings.MaximumPrefixes;
import io.tapetum.wire.Family;
import io.tapetum.wire.capability.Capability;
import io.tapetum.wire.message.Open;

/** Makes copies of a record that differ from it in one component each, whatever the components are. */
final class Mutations {

    private Mutations() {}

    /** The copies by the name of what differs; components that are records themselves are gone into: {@code a.b}. */
    static <R extends Record> Map<String, R> of(R record) {
        Map<String, R> mutants = new TreeMap<>();
        RecordComponent[] components = record.getClass().getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            Object value = read(record, components[i]);
            for (Map.Entry<String, Object> other : others(components[i], value).entrySet()) {
                mutants.put(components[i].getName() + other.getKey(), copyWith(record, i, other.getValue()));
            }
        }
        return mutants;
    }

    private static Map<String, Object> others(RecordComponent component, @Nullable Object value) {
        if (value instanceof Record nested && component.getType().getName().contains(".settings.")) {
            Map<String, Object> others = new TreeMap<>();
            of(nested).forEach((name, mutant) -> others.put("." + name, mutant));
            return others;
        }
        return Map.of("", other(component, value));
    }

    private static Object other(RecordComponent component, @Nullable Object value) {
        if (value == null && component.getType() == Capability.LongLivedGracefulRestart.class) {
            return new Capability.LongLivedGracefulRestart(List.of());
        }
        return switch (value) {
            case Boolean flag -> !flag;
            case Integer number -> number + 1;
            case Long number -> number + 1;
            case String text -> text + " too";
            case Duration time -> time.plusSeconds(1);
            case Enum<?> choice -> next(choice);
            case Set<?> families when families.size() == Family.values().length -> Set.of(Family.IPV4_UNICAST);
            case Set<?> _ -> Set.of(Family.values());
            case Map<?, ?> _ -> Map.of(Family.IPV4_UNICAST, new MaximumPrefixes(7, 80, MaximumPrefixes.Action.WARN,
                    Duration.ZERO));
            case Open open ->
                new Open(open.version(), open.myAs(), open.holdTimeSeconds() + 1, open.bgpIdentifier(), List.of());
            case Capability.GracefulRestart restart ->
                new Capability.GracefulRestart(true, true, restart.restartTimeSeconds() + 1, List.of());
            case null, default -> throw new AssertionError("no other value is known for " + component);
        };
    }

    private static Object next(Enum<?> choice) {
        List<?> all = Arrays.asList(choice.getDeclaringClass().getEnumConstants());
        return all.get((all.indexOf(choice) + 1) % all.size());
    }

    private static <R extends Record> R copyWith(R record, int index, Object value) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        List<@Nullable Object> arguments = new ArrayList<>();
        for (RecordComponent component : components) {
            arguments.add(read(record, component));
        }
        arguments.set(index, value);
        Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            @SuppressWarnings("unchecked") // the class of a record is that of its copies
            Constructor<R> constructor = (Constructor<R>) record.getClass().getDeclaredConstructor(types);
            return constructor.newInstance(arguments.toArray());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a record cannot be copied", e);
        }
    }

    private static @Nullable Object read(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new LinkageError("a record cannot be copied", e);
        }
    }
}
