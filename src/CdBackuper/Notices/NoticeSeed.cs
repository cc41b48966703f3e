using CdBackuper.Media.Sectors;

namespace CdBackuper.Notices;

/// <summary>
/// That an attempt is to be told. Written before the attempt's record, so that no crash can lose the notice; the notice itself is made
/// from the record, so that none is ever sent of what was not recorded.
/// </summary>
/// <param name="Folder">The disc's folder.</param>
/// <param name="Node">The attempt's node.</param>
/// <param name="Drive">The attempt's drive.</param>
/// <param name="Started">When the attempt began: with node and drive it names one attempt of a folder.</param>
/// <param name="LengthBytes">How long the disc is; 0 where its damage is not to be drawn.</param>
/// <param name="Unread">What is missing of it: bytes that hold data and were not read.</param>
/// <param name="Twin">What is known of a disc that shares its identifier, in a sentence; null for none.</param>
internal sealed record NoticeSeed(
    string Folder, string Node, string Drive, DateTimeOffset Started, long LengthBytes, ByteSet Unread, string? Twin);
