package io.thespace.plugin;

/** What to do with a plugin's data when it is removed. */
public enum DataChoice {
    /** It stays in its schema; the plugin finds it when it is installed again. */
    KEEP,
    /** It is stored as an archive to download, then deleted. */
    EXPORT,
    /** It is deleted. */
    PURGE
}
