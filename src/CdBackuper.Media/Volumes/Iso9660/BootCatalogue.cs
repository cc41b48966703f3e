using System.Buffers.Binary;
using System.Globalization;
using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>
/// The boot images of a disc ("El Torito" Bootable CD-ROM Format Specification 1.0, §2): a validation entry, the initial
/// entry, then sections of entries for other platforms.
/// </summary>
internal sealed class BootCatalogue(DiscReader disc, long sector, DamageLog damages)
{
    private const int EntryLength = 32;
    private const int SectorBytes = 512;
    private const byte ValidationId = 1;
    private const byte Bootable = 0x88;
    private const byte SectionHeader = 0x90;
    private const byte LastSectionHeader = 0x91;
    private const byte Extension = 0x44;
    private const int ExtensionFollows = 0x20;

    private readonly List<BootImage> images = [];
    private int next;

    /// <summary>Takes the sectors of the catalogue that were read.</summary>
    public List<ByteRange> Structures { get; } = [];

    public static bool IsNamedBy(ReadOnlySpan<byte> descriptor) => descriptor[7..].StartsWith("EL TORITO SPECIFICATION"u8);

    /// <returns>The catalogue's sector, as the boot record volume descriptor has it (§2.0).</returns>
    public static long PlaceOf(ReadOnlySpan<byte> descriptor) => BinaryPrimitives.ReadUInt32LittleEndian(descriptor[0x47..]);

    public IReadOnlyList<BootImage> Read()
    {
        if (Next() is not { } validation)
        {
            return [];
        }

        CheckValidation(validation);
        if (Next() is { } initial)
        {
            AddImage(initial, validation[1]);
        }

        while (images.Count < IsoLimits.BootImages
            && Next() is { } header
            && header[0] is SectionHeader or LastSectionHeader)
        {
            ReadSection(header);
            if (header[0] == LastSectionHeader)
            {
                break;
            }
        }

        return images;
    }

    private void ReadSection(byte[] header)
    {
        for (int left = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(2)); left > 0; left--)
        {
            if (images.Count >= IsoLimits.BootImages || Next() is not { } entry)
            {
                return;
            }

            AddImage(entry, header[1]);
            var isExtended = (entry[1] & ExtensionFollows) != 0;
            while (isExtended && Next() is { } extension && extension[0] == Extension)
            {
                isExtended = (extension[1] & ExtensionFollows) != 0;
            }
        }
    }

    /// <returns>The next entry; null where the catalogue can't be read on.</returns>
    private byte[]? Next()
    {
        var position = next++ * EntryLength;
        var place = sector + (position / Sector.Size);
        if (position / Sector.Size >= IsoLimits.BootCatalogueSectors || (place + 1) * Sector.Size > disc.LengthBytes)
        {
            damages.Add(DamageIds.IsoBootCatalogueInvalid, place, "The boot catalogue goes past the end of the disc, or has no end.");
            return null;
        }

        if (position % Sector.Size == 0)
        {
            Structures.Add(ByteRange.OfSectors(place, 1));
        }

        if (disc.ReadSector(place) is { } bytes)
        {
            return bytes.AsSpan(position % Sector.Size, EntryLength).ToArray();
        }

        damages.Add(DamageIds.StructureUnreadable, place, "The boot catalogue can't be read.");
        return null;
    }

    /// <summary>§2.1: its sixteen words add up to nothing, and it ends with 55 AA.</summary>
    private void CheckValidation(byte[] entry)
    {
        var sum = 0;
        for (var index = 0; index < EntryLength; index += 2)
        {
            sum += BinaryPrimitives.ReadUInt16LittleEndian(entry.AsSpan(index));
        }

        if (entry[0] != ValidationId || (sum & 0xFFFF) != 0 || entry[30] != 0x55 || entry[31] != 0xAA)
        {
            damages.Add(
                DamageIds.IsoBootCatalogueInvalid,
                sector,
                "The boot catalogue's first entry is no valid one, or its check sum is wrong.");
        }
    }

    private void AddImage(byte[] entry, byte platform)
    {
        var start = (long)BinaryPrimitives.ReadUInt32LittleEndian(entry.AsSpan(8)) * Sector.Size;
        if (entry[0] is not (0 or Bootable) || (entry[0] == 0 && start == 0))
        {
            return;
        }

        var (emulation, floppyBytes) = (entry[1] & 0x0F) switch
        {
            0 => ("none", 0),
            1 => ("floppy 1.2", 1_228_800),
            2 => ("floppy 1.44", 1_474_560),
            3 => ("floppy 2.88", 2_949_120),
            4 => ("hard disk", 0),
            var other => ($"media type {other.ToString(CultureInfo.InvariantCulture)}", 0),
        };
        var told = BinaryPrimitives.ReadUInt16LittleEndian(entry.AsSpan(6)) * SectorBytes;
        var length = Math.Max(told, floppyBytes);
        images.Add(new(PlatformOf(platform), emulation, entry[0] == Bootable, new(start, length)));
        if (start + length > disc.LengthBytes)
        {
            damages.Add(DamageIds.IsoBootCatalogueInvalid, start / Sector.Size, "A boot image goes past the end of the disc.");
        }
    }

    private static string PlatformOf(byte platform) => platform switch
    {
        0 => "x86",
        1 => "PowerPC",
        2 => "Macintosh",
        0xEF => "EFI",
        _ => $"platform 0x{platform:X2}",
    };
}
