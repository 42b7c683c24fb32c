// SPDX-License-Identifier: Apache-2.0
package dev.cairn.debian;

import java.util.Optional;

/**
 * A package that another one names: {@code name[:qualifier] [(operator version)]}.
 *
 * @param name of a real or a virtual package
 * @param qualifier an architecture, {@code any} or {@code native}
 * @param bound which versions are meant; all of them where empty
 */
public record Relation(String name, Optional<String> qualifier, Optional<Bound> bound) {
    /** How a version is compared with another. */
    public enum Operator {
        BEFORE("<<"),
        AT_MOST("<="),
        EXACTLY("="),
        AT_LEAST(">="),
        AFTER(">>");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        /** As it is written in relations. */
        public String sign() {
            return sign;
        }
    }

    /** A set of versions. */
    public record Bound(Operator operator, String version) {
        /** Whether a version is in it. */
        public boolean admits(String candidate) {
            int order = DebianVersion.ORDER.compare(candidate, version);
            return switch (operator) {
                case BEFORE -> order < 0;
                case AT_MOST -> order <= 0;
                case EXACTLY -> order == 0;
                case AT_LEAST -> order >= 0;
                case AFTER -> order > 0;
            };
        }
    }

    @Override
    public String toString() {
        return name
                + qualifier.map(q -> ":" + q).orElse("")
                + bound.map(b -> " (" + b.operator().sign() + " " + b.version() + ")").orElse("");
    }
}
