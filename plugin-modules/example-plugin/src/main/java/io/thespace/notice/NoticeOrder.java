package io.thespace.notice;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** A notice to be posted. */
public record NoticeOrder(@NotBlank @Size(max = 200) String title, @NotBlank @Size(max = 10_000) String text) {}
