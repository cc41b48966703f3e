using System.Security.Cryptography;
using System.Text;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Identity;

/// <summary>
/// Which sectors say something of which disc they are on. Blank ones, and the marks that every disc has alike (the end of the
/// descriptors of ECMA-119 §8.3, the recognition sequence of ECMA-167 2/9), agree between any two discs.
/// </summary>
public static class TellingSector
{
    /// <summary>A sector in which fewer bytes than these stand out from its filling may be on many discs.</summary>
    private const int LeastBytes = 48;

    /// <summary>Records of before this rule hold such marks as if they were evidence.</summary>
    private static readonly HashSet<string> Marks = BuildMarks();

    /// <param name="bytes">What a sector holds, or a part of a file.</param>
    public static bool IsTelling(ReadOnlySpan<byte> bytes)
    {
        // Short content stands at the start; what fills the rest is seen at the end.
        return bytes.Length - bytes.Count(bytes[^1]) >= LeastBytes;
    }

    /// <returns>False for the hash of a mark that every disc has.</returns>
    public static bool IsTelling(SectorProof proof) => !Marks.Contains(proof.Sha256);

    private static HashSet<string> BuildMarks()
    {
        (byte Type, string Identifier)[] marks =
            [(255, "CD001"), (0, "BEA01"), (0, "BOOT2"), (0, "NSR02"), (0, "NSR03"), (0, "TEA01")];
        var hashes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (type, identifier) in marks)
        {
            var sector = new byte[Sector.Size];
            sector[0] = type;
            Encoding.ASCII.GetBytes(identifier).CopyTo(sector, 1);
            sector[6] = 1;
            hashes.Add(Convert.ToHexStringLower(SHA256.HashData(sector)));
        }

        return hashes;
    }
}
