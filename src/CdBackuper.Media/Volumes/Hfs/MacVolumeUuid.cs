using System.Security.Cryptography;

namespace CdBackuper.Media.Volumes.Hfs;

/// <summary>
/// What <c>blkid</c> calls the UUID of an HFS or HFS+ volume: the MD5 of a name space and of the volume's identifier,
/// which the Finder's bytes end with (TN1150, "Volume Header", finderInfo), as a UUID of version 3.
/// </summary>
internal static class MacVolumeUuid
{
    private const int IdentifierAt = 24;

    private static ReadOnlySpan<byte> NameSpace =>
        [0xB3, 0xE2, 0x0F, 0x39, 0xF2, 0x92, 0x11, 0xD6, 0x97, 0xA4, 0x00, 0x30, 0x65, 0x43, 0xEC, 0xAC];

    /// <returns>Null where the volume has no identifier.</returns>
    public static string? Of(ReadOnlySpan<byte> finderBytes)
    {
        var identifier = finderBytes[IdentifierAt..];
        if (!identifier.ContainsAnyExcept((byte)0))
        {
            return null;
        }

#pragma warning disable CA5351 // a name, not a secret: UUIDs of version 3 are made with MD5 (RFC 9562, 5.3)
        var hash = MD5.HashData([.. NameSpace, .. identifier]);
#pragma warning restore CA5351
        hash[6] = (byte)(0x30 | (hash[6] & 0x0F));
        hash[8] = (byte)(0x80 | (hash[8] & 0x3F));
        return new Guid(hash, bigEndian: true).ToString();
    }
}
