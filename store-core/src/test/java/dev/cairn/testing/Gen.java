// SPDX-License-Identifier: Apache-2.0
package dev.cairn.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.quicktheories.QuickTheory;
import org.quicktheories.generators.SourceDSL;

/**
 * Arbitrary values for property tests: {@link #check} tries a property on many of them and shrinks those that break
 * it. Thin cover over QuickTheories, so that the tests do not know it by name.
 *
 * @param <T> the values
 */
public final class Gen<T> {
    private final org.quicktheories.core.Gen<T> gen;

    private Gen(org.quicktheories.core.Gen<T> gen) {
        this.gen = gen;
    }

    /** What must hold for every value; throws, an assertion for instance, where it does not. */
    @FunctionalInterface
    public interface Property<T> {
        void check(T value) throws Exception;
    }

    /** Numbers from {@code low} to {@code high}, both included, the bounds more often than others. */
    public static Gen<Integer> integers(int low, int high) {
        return new Gen<>(SourceDSL.integers().between(low, high));
    }

    /** Numbers from {@code low} to {@code high}, both included. */
    public static Gen<Long> longs(long low, long high) {
        return new Gen<>(SourceDSL.longs().between(low, high));
    }

    public static Gen<Boolean> booleans() {
        return new Gen<>(SourceDSL.booleans().all());
    }

    /** One of the given values. */
    public static <T> Gen<T> of(List<T> values) {
        return new Gen<>(SourceDSL.arbitrary().pick(values));
    }

    /** One of the given kinds, each equally often. */
    public static <T> Gen<T> oneOf(List<Gen<? extends T>> kinds) {
        return integers(0, kinds.size() - 1).flatMap(kinds::get);
    }

    /** Strings of {@code minimum} to {@code maximum} characters out of {@code alphabet} (by code point). */
    public static Gen<String> strings(String alphabet, int minimum, int maximum) {
        int[] points = alphabet.codePoints().toArray();
        return integers(0, points.length - 1).map(i -> Character.toString(points[i]))
                .lists(minimum, maximum)
                .map(parts -> String.join("", parts));
    }

    /** Octets of any value. */
    public static Gen<byte[]> octets(int minimum, int maximum) {
        return integers(0, 255).lists(minimum, maximum).map(list -> {
            byte[] octets = new byte[list.size()];
            for (int i = 0; i < octets.length; i++) {
                octets[i] = list.get(i).byteValue();
            }
            return octets;
        });
    }

    /** Lists of {@code minimum} to {@code maximum} values. */
    public Gen<List<T>> lists(int minimum, int maximum) {
        return new Gen<>(SourceDSL.integers().between(minimum, maximum).mutate((size, random) -> {
            List<T> list = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                list.add(gen.generate(random));
            }
            return list;
        }));
    }

    public <R> Gen<R> map(Function<? super T, ? extends R> function) {
        return new Gen<>(gen.map(function));
    }

    public <R> Gen<R> flatMap(Function<? super T, Gen<? extends R>> function) {
        return new Gen<>(gen.mutate((value, random) -> function.apply(value).gen.generate(random)));
    }

    /** Tries {@code property} on many values. */
    public void check(Property<? super T> property) {
        check(500, property);
    }

    /** Tries {@code property} on {@code examples} values. */
    public void check(int examples, Property<? super T> property) {
        QuickTheory.qt().withExamples(examples).forAll(gen).checkAssert(value -> {
            try {
                property.check(value);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new AssertionError(e.toString(), e);
            }
        });
    }
}
