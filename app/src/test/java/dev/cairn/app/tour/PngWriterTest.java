// SPDX-License-Identifier: Apache-2.0
package dev.cairn.app.tour;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import javafx.scene.image.Image;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;

@ExtendWith(ApplicationExtension.class)
class PngWriterTest {
    @Test
    void writesWhatJavaFxReadsBack() throws Exception {
        WritableImage image = new WritableImage(3, 2);
        image.getPixelWriter().setColor(0, 0, Color.RED);
        image.getPixelWriter().setColor(2, 1, Color.rgb(1, 2, 3));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PngWriter.write(image, out);
        Image read = new Image(new ByteArrayInputStream(out.toByteArray()));
        assertThat(read.isError()).isFalse();
        assertThat(read.getWidth()).isEqualTo(3);
        assertThat(read.getHeight()).isEqualTo(2);
        assertThat(read.getPixelReader().getColor(0, 0)).isEqualTo(Color.RED);
        assertThat(read.getPixelReader().getColor(2, 1)).isEqualTo(Color.rgb(1, 2, 3));
    }
}
