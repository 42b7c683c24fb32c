// SPDX-License-Identifier: Apache-2.0
package dev.cairn.bench;

import dev.cairn.derivation.Derivation;
import dev.cairn.derivation.DerivationHasher;
import dev.cairn.derivation.DerivationParser;
import dev.cairn.hash.Hash;
import dev.cairn.path.StoreDirectory;
import dev.cairn.path.StorePath;
import dev.cairn.testing.RealDerivations;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * How many derivations of a real distribution are parsed and hashed modulo fixed outputs in a second, by one thread.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@OperationsPerInvocation(RealDerivations.COUNT)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class DerivationBench {
    private final Map<StorePath, byte[]> texts = new HashMap<>();

    @Setup
    public void read() throws Exception {
        RealDerivations.forEach(texts::put);
    }

    @Benchmark
    public void parseAndHash(Blackhole hole) throws Exception {
        Map<StorePath, Derivation> derivations = HashMap.newHashMap(texts.size());
        for (Map.Entry<StorePath, byte[]> entry : texts.entrySet()) {
            derivations.put(entry.getKey(), DerivationParser.parse(StoreDirectory.GNU, entry.getValue()));
        }
        DerivationHasher<RuntimeException> hasher = new DerivationHasher<>(StoreDirectory.GNU, derivations::get);
        for (StorePath path : derivations.keySet()) {
            Hash hash = hasher.modulo(path);
            hole.consume(hash);
        }
    }
}
