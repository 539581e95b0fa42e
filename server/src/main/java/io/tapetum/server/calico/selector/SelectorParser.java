package io.tapetum.server.calico.selector;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one selector by recursive descent; a method is a rule of the grammar. */
final class SelectorParser {

    private static final int LONGEST_LABEL = 512;

    /** Parentheses within parentheses. Nobody writes that many; without a limit they would exhaust the stack. */
    private static final int DEEPEST = 100;

    private static final Pattern ALWAYS = Pattern.compile("(?:all|global)\\([ \\t]*\\)");
    private static final Pattern HAS = Pattern.compile("has\\(");
    private static final Pattern CONTAINS = Pattern.compile("contains\\b");
    private static final Pattern STARTS_WITH = Pattern.compile("starts[ \\t]*with\\b");
    private static final Pattern ENDS_WITH = Pattern.compile("ends[ \\t]*with\\b");
    private static final Pattern IN = Pattern.compile("in\\b");
    private static final Pattern NOT_IN = Pattern.compile("not[ \\t]*in\\b");

    private final String text;
    private final Matcher matcher;
    private int at;
    private int depth;

    SelectorParser(String text) {
        this.text = text;
        this.matcher = CONTAINS.matcher(text);
    }

    Expression parse() throws SelectorSyntaxException {
        skipSpace();
        if (at == text.length()) {
            return new Expression.Everything();
        }
        Expression expression = or();
        if (at < text.length()) {
            throw expected("&&, || or the end");
        }
        return expression;
    }

    private Expression or() throws SelectorSyntaxException {
        List<Expression> any = new ArrayList<>();
        do {
            any.add(and());
        } while (took("||"));
        return any.size() == 1 ? any.getFirst() : new Expression.Or(List.copyOf(any));
    }

    private Expression and() throws SelectorSyntaxException {
        List<Expression> all = new ArrayList<>();
        do {
            all.add(operand());
        } while (took("&&"));
        return all.size() == 1 ? all.getFirst() : new Expression.And(List.copyOf(all));
    }

    private Expression operand() throws SelectorSyntaxException {
        boolean negated = false;
        while (took("!")) {
            negated = !negated;
        }
        Expression primary = primary();
        return negated ? new Expression.Not(primary) : primary;
    }

    private Expression primary() throws SelectorSyntaxException {
        if (depth == DEEPEST && text.startsWith("(", at)) {
            throw expected("at most " + DEEPEST + " parentheses within each other");
        }
        if (took("(")) {
            depth++;
            Expression inner = or();
            take(")");
            depth--;
            return inner;
        }
        if (took(ALWAYS)) {
            return new Expression.Everything();
        }
        if (took(HAS)) {
            skipSpace();
            Expression has = new Expression.Has(label("a label"));
            take(")");
            return has;
        }
        return comparison(label("a label, has(label), all(), ! or ("));
    }

    private Expression comparison(String label) throws SelectorSyntaxException {
        if (took("==")) {
            return new Expression.OneOf(label, Set.of(string()));
        }
        if (took("!=")) {
            return new Expression.Not(new Expression.OneOf(label, Set.of(string())));
        }
        if (took(CONTAINS)) {
            return new Expression.Contains(label, string());
        }
        if (took(STARTS_WITH)) {
            return new Expression.StartsWith(label, string());
        }
        if (took(ENDS_WITH)) {
            return new Expression.EndsWith(label, string());
        }
        if (took(IN)) {
            return new Expression.OneOf(label, set());
        }
        if (took(NOT_IN)) {
            return new Expression.Not(new Expression.OneOf(label, set()));
        }
        throw expected("==, !=, in, not in, contains, starts with or ends with");
    }

    private Set<String> set() throws SelectorSyntaxException {
        Set<String> values = new HashSet<>();
        take("{");
        while (!took("}")) {
            values.add(string());
            if (!took(",")) {
                take("}");
                break;
            }
        }
        return Set.copyOf(values);
    }

    private String string() throws SelectorSyntaxException {
        skipSpace();
        char quote = at < text.length() ? text.charAt(at) : 0;
        if (quote != '\'' && quote != '"') {
            throw expected("a value in quotes");
        }
        int end = text.indexOf(quote, at + 1);
        if (end < 0) {
            at = text.length();
            throw expected(quote + ", the end of the value,");
        }
        String value = text.substring(at + 1, end);
        at = end + 1;
        skipSpace();
        return value;
    }

    private String label(String expected) throws SelectorSyntaxException {
        int start = at;
        while (at < text.length() && isOfLabel(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw expected(expected);
        }
        if (at - start > LONGEST_LABEL) {
            at = start + LONGEST_LABEL;
            throw expected("the end of a label of at most " + LONGEST_LABEL + " characters");
        }
        String label = text.substring(start, at);
        skipSpace();
        return label;
    }

    private static boolean isOfLabel(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || "_./-".indexOf(c) >= 0;
    }

    private void take(String token) throws SelectorSyntaxException {
        if (!took(token)) {
            throw expected(token);
        }
    }

    private boolean took(String token) {
        if (!text.startsWith(token, at)) {
            return false;
        }
        at += token.length();
        skipSpace();
        return true;
    }

    private boolean took(Pattern token) {
        if (!matcher.usePattern(token).region(at, text.length()).lookingAt()) {
            return false;
        }
        at = matcher.end();
        skipSpace();
        return true;
    }

    /** Spaces and tabs only; a newline is an error. */
    private void skipSpace() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private SelectorSyntaxException expected(String what) {
        return new SelectorSyntaxException(at + 1, what);
    }
}
