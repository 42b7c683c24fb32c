// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.feature.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SquarifiedTest {
    private static final Area BOUNDS = new Area(10, 20, 600, 400);

    /** Of very different sizes, as items of a store are; descending. */
    private static double[] weights(long seed, int count) {
        Random random = new Random(seed);
        double[] weights = new double[count];
        for (int i = 0; i < count; i++) {
            weights[i] = Math.exp(random.nextDouble() * 12);
        }
        Arrays.sort(weights);
        for (int i = 0; i < count / 2; i++) {
            double other = weights[i];
            weights[i] = weights[count - 1 - i];
            weights[count - 1 - i] = other;
        }
        return weights;
    }

    @Test
    void areasAreProportionalToWeights() {
        for (int seed = 0; seed < 50; seed++) {
            double[] weights = weights(seed, 1 + seed * 8);
            double total = Arrays.stream(weights).sum();
            List<Area> areas = Squarified.divide(weights, BOUNDS);
            assertThat(areas).hasSize(weights.length);
            for (int i = 0; i < weights.length; i++) {
                assertThat(areas.get(i).size()).isCloseTo(weights[i] / total * BOUNDS.size(), within(1e-6));
            }
        }
    }

    @Test
    void partsStayInsideAndDoNotOverlap() {
        for (int seed = 0; seed < 20; seed++) {
            List<Area> areas = Squarified.divide(weights(seed, 1 + seed * 20), BOUNDS);
            for (int i = 0; i < areas.size(); i++) {
                Area area = areas.get(i);
                assertThat(area.x()).isGreaterThanOrEqualTo(BOUNDS.x() - 1e-9);
                assertThat(area.y()).isGreaterThanOrEqualTo(BOUNDS.y() - 1e-9);
                assertThat(area.right()).isLessThanOrEqualTo(BOUNDS.right() + 1e-9);
                assertThat(area.bottom()).isLessThanOrEqualTo(BOUNDS.bottom() + 1e-9);
                for (int j = 0; j < i; j++) {
                    assertThat(common(area, areas.get(j))).isLessThan(1e-6);
                }
            }
        }
    }

    private static double common(Area one, Area other) {
        double width = Math.min(one.right(), other.right()) - Math.max(one.x(), other.x());
        double height = Math.min(one.bottom(), other.bottom()) - Math.max(one.y(), other.y());
        return Math.max(0, width) * Math.max(0, height);
    }

    @Test
    void equalPartsAreNearlySquare() {
        double[] weights = new double[24];
        Arrays.fill(weights, 1);
        for (Area area : Squarified.divide(weights, BOUNDS)) {
            double ratio = area.width() / area.height();
            assertThat(Math.max(ratio, 1 / ratio)).isLessThan(1.5);
        }
    }

    @Test
    void followsThePublishedExample() {
        List<Area> areas = Squarified.divide(new double[] {6, 6, 4, 3, 2, 2, 1}, new Area(0, 0, 6, 4));
        assertThat(areas.get(0)).isEqualTo(new Area(0, 0, 3, 2));
        assertThat(areas.get(1)).isEqualTo(new Area(0, 2, 3, 2));
        assertThat(areas.get(2).height()).isCloseTo(7.0 / 3, within(1e-9));
    }

    @Test
    void aRectangleWithoutRoomGivesPartsWithoutRoom() {
        assertThat(Squarified.divide(new double[] {3, 1}, new Area(0, 0, 0, 5)))
                .hasSize(2)
                .allMatch(area -> area.size() == 0);
        assertThat(Squarified.divide(new double[] {}, BOUNDS)).isEmpty();
    }

    @Test
    void refusesPartsWithoutWeight() {
        assertThatThrownBy(() -> Squarified.divide(new double[] {1, 0}, BOUNDS))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
