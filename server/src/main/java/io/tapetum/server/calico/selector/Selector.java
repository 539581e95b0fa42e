package io.tapetum.server.calico.selector;

import java.util.Map;

/**
 * An expression over labels, such as {@code has(rack) && zone in {'a', 'b'}}, read once and then evaluated for many
 * nodes. Immutable.
 *
 * <p>
 * The grammar is Calico's, with what is peculiar to it: {@code !} negates the whole comparison behind it, an absent
 * label is unequal to everything, {@code has(}, {@code all(} and {@code global(} bear no space before the parenthesis,
 * strings have no escapes, a comma may end a set, and a single {@code =} is an error.
 */
public final class Selector {

    private final String text;
    private final Expression expression;

    private Selector(String text, Expression expression) {
        this.text = text;
        this.expression = expression;
    }

    /**
     * Reads a selector. One of nothing but spaces matches everything.
     *
     * @throws SelectorSyntaxException if it is none
     */
    public static Selector parse(String text) throws SelectorSyntaxException {
        return new Selector(text, new SelectorParser(text).parse());
    }

    /** Whether an object with these labels is selected. */
    public boolean matches(Map<String, String> labels) {
        return expression.matches(labels);
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
