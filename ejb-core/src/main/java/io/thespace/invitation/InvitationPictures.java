package io.thespace.invitation;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import io.thespace.configuration.Configuration;
import io.thespace.configuration.Key;
import io.thespace.plugin.api.Actor;
import io.thespace.plugin.api.Content;
import io.thespace.plugin.api.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * An invitation's code as a QR code (ISO/IEC 18004) with error correction M. It contains the link by {@link
 * Key#INVITATION_LINK}, never the PIN.
 */
@ApplicationScoped
public class InvitationPictures {

    /** The quiet zone of light modules, as the standard requires. */
    private static final int MARGIN = 4;

    private static final int PIXELS_PER_MODULE = 8;

    private static final Map<String, String> HEADERS = Map.of("Cache-Control", "no-store");

    private Invitations invitations;

    InvitationPictures() {}

    @Inject
    InvitationPictures(Invitations invitations) {
        this.invitations = invitations;
    }

    /**
     * As SVG, of any size.
     *
     * @throws Rejection {@code INVITATION_NOT_FOUND}
     */
    public Content svg(Actor actor, UUID id) {
        return new Content("image/svg+xml", svg(modules(text(actor, id))).getBytes(StandardCharsets.UTF_8), HEADERS);
    }

    /**
     * As PNG, with eight pixels a module.
     *
     * @throws Rejection {@code INVITATION_NOT_FOUND}
     */
    public Content png(Actor actor, UUID id) {
        return new Content("image/png", png(modules(text(actor, id))), HEADERS);
    }

    private String text(Actor actor, UUID id) {
        return Configuration.get().get(Key.INVITATION_LINK).replace("{code}", invitations.code(actor, id));
    }

    static BitMatrix modules(String text) {
        try {
            return new QRCodeWriter()
                    .encode(
                            text,
                            BarcodeFormat.QR_CODE,
                            0,
                            0,
                            Map.of(
                                    EncodeHintType.ERROR_CORRECTION,
                                    ErrorCorrectionLevel.M,
                                    EncodeHintType.MARGIN,
                                    MARGIN));
        } catch (WriterException e) {
            throw new IllegalArgumentException("The text of SPACE_INVITATION_LINK is too long for a QR code", e);
        }
    }

    static String svg(BitMatrix modules) {
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < modules.getHeight(); y++) {
            for (int x = 0; x < modules.getWidth(); x++) {
                if (modules.get(x, y)) {
                    path.append('M').append(x).append(' ').append(y).append("h1v1h-1z");
                }
            }
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %1$d" shape-rendering="crispEdges">\
                <rect width="100%%" height="100%%" fill="#fff"/><path d="%2$s"/></svg>
                """
                .formatted(modules.getWidth(), path);
    }

    static byte[] png(BitMatrix modules) {
        int side = modules.getWidth() * PIXELS_PER_MODULE;
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_BINARY);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                image.setRGB(x, y, modules.get(x / PIXELS_PER_MODULE, y / PIXELS_PER_MODULE) ? 0x000000 : 0xFFFFFF);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // In memory: by default ImageIO writes through a temporary file.
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
