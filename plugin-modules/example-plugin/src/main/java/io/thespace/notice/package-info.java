/**
 * A notice board, as an example of a plugin that is installed at run time.
 *
 * <p>Everybody in an organization reads its notices; a notice's title is unique there. Its author or an administrator takes
 * it down. The database separates the organizations (see {@code V1__notice.sql}).
 */
package io.thespace.notice;
