package io.tapetum.server.calico.selector;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** A selector, or a part of one. */
sealed interface Expression {

    boolean matches(Map<String, String> labels);

    /** {@code all()}, {@code global()}, or nothing at all. */
    record Everything() implements Expression {
        @Override
        public boolean matches(Map<String, String> labels) {
            return true;
        }
    }

    /** {@code has(label)}. */
    record Has(String label) implements Expression {
        @Override
        public boolean matches(Map<String, String> labels) {
            return labels.containsKey(label);
        }
    }

    /** {@code label == 'value'} and {@code label in {...}}; false without the label, so that their negations are true. */
    record OneOf(String label, Set<String> values) implements Expression {
        @Override
        public boolean matches(Map<String, String> labels) {
            String value = labels.get(label);
            return value != null && values.contains(value);
        }
    }

    /** {@code label contains 'part'}. */
    record Contains(String label, String part) implements Expression {
        @Override
        public boolean matches(Map<String, String> labels) {
            String value = labels.get(label);
            return value != null && value.contains(part);
        }
    }

    /** {@code label starts with 'start'}. */
    record StartsWith(String label, String start) implements Expression {
        @Override
        public boolean matches(Map<String, String> labels) {
            String value = labels.get(label);
            return value != null && value.startsWith(start);
        }
    }

    /** {@code label ends with 'end'}. */
    record EndsWith(String label, String end) implements Expression {
        @Override
        public boolean matches(Map<String, String> labels) {
            String value = labels.get(label);
            return value != null && value.endsWith(end);
        }
    }

    /** {@code !}, {@code !=} and {@code not in}. */
    record Not(Expression negated) implements Expression {
        @Override
        public boolean matches(Map<String, String> labels) {
            return !negated.matches(labels);
        }
    }

    /** {@code &&} between two or more. */
    record And(List<Expression> all) implements Expression {
        @Override
        public boolean matches(Map<String, String> labels) {
            for (Expression one : all) {
                if (!one.matches(labels)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** {@code ||} between two or more. */
    record Or(List<Expression> any) implements Expression {
        @Override
        public boolean matches(Map<String, String> labels) {
            for (Expression one : any) {
                if (one.matches(labels)) {
                    return true;
                }
            }
            return false;
        }
    }
}
