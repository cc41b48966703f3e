using CdBackuper.Media.Sectors;

namespace CdBackuper.Media.Volumes.Iso9660;

/// <summary>The volume descriptors of a session (ECMA-119 §6.7.1), those that can be read.</summary>
internal sealed class DescriptorSet
{
    private const byte BootRecord = 0;
    public const byte Primary = 1;
    public const byte Supplementary = 2;
    private const byte Terminator = 255;
    public const int FirstSector = 16;

    /// <summary>High Sierra's descriptors begin with their own address, in both byte orders.</summary>
    private const int HighSierraTypeAt = 8;
    private const int HighSierraIdentifierAt = 9;

    /// <summary>
    /// Identifiers that may stand in the sequence: ISO 9660 and ECMA-167 2/9.1.2, which share it on bridge discs.
    /// </summary>
    private static readonly byte[][] Identifiers =
    [
        "CD001"u8.ToArray(), "BEA01"u8.ToArray(), "BOOT2"u8.ToArray(), "CDW02"u8.ToArray(),
        "NSR02"u8.ToArray(), "NSR03"u8.ToArray(), "TEA01"u8.ToArray(),
    ];

    private readonly List<ByteRange> structures = [];

    private DescriptorSet()
    {
    }

    /// <summary>
    /// True where a descriptor can't be read and no primary one was: which trees there are, and what they hold, is not known.
    /// </summary>
    public bool IsPrimaryLost { get; private set; }

    /// <summary>True where a sector amid the descriptors holds none, as in images whose makers could not read it: a tree may be missing.</summary>
    public bool HasGap { get; private set; }

    public VolumeDescriptor? PrimaryDescriptor { get; private set; }

    /// <summary>The sector of the boot catalogue; null where there is none.</summary>
    public long? BootCatalogue { get; private set; }

    public VolumeDescriptor? EnhancedDescriptor { get; private set; }

    public VolumeDescriptor? JolietDescriptor { get; private set; }

    /// <summary>A supplementary descriptor whose escape sequences name another character set, or none (§8.5.6).</summary>
    public VolumeDescriptor? OtherDescriptor { get; private set; }

    /// <summary>The one that speaks for the volume; null where there is no descriptor of a tree.</summary>
    public VolumeDescriptor? Main => PrimaryDescriptor ?? JolietDescriptor ?? EnhancedDescriptor ?? OtherDescriptor;

    public IReadOnlyList<ByteRange> Structures => structures;

    /// <summary>Adds what descriptors may lie in.</summary>
    public void Need(IEnumerable<ByteRange> places) => structures.AddRange(places);

    /// <summary>
    /// Reads the sequence. An unreadable sector or a foreign one does not end it, since what follows may still be good:
    /// only its terminator, a few foreign sectors in a row, or the limit do.
    /// </summary>
    public static DescriptorSet Read(DiscReader disc, long sessionStart, DamageLog damages)
    {
        var set = new DescriptorSet();
        var bytes = new byte[Sector.Size];
        var first = sessionStart + FirstSector;
        var (foreign, unreadable) = (0, 0);
        long? gap = null;
        var (isBlank, isEnded) = (false, false);
        for (var index = 0;
            index < IsoLimits.DescriptorSectors
            && foreign < IsoLimits.ForeignDescriptors
            && unreadable < IsoLimits.UnreadableDescriptors;
            index++)
        {
            var sector = first + index;
            if (!disc.TryRead(sector, bytes))
            {
                if ((sector + 1) * Sector.Size > disc.LengthBytes)
                {
                    break;
                }

                unreadable++;
                set.structures.Add(ByteRange.OfSectors(sector, 1));
                damages.Add(DamageIds.StructureUnreadable, sector, "A volume descriptor can't be read.");
            }
            else if (!IsKnown(bytes))
            {
                foreign++;
                unreadable = 0;
                (gap, isBlank) = (gap ?? sector, gap is null ? Sector.IsBlank(bytes) : isBlank);
            }
            else
            {
                (foreign, unreadable) = (0, 0);
                set.TakeGap(gap, damages);
                gap = null;
                set.structures.Add(ByteRange.OfSectors(sector, 1));
                if (!set.Take(bytes, sector))
                {
                    isEnded = true;
                    break;
                }
            }
        }

        if (!isEnded && isBlank)
        {
            set.TakeGap(gap, damages); // a terminator must be there (§6.7.1), and others may have been before it
        }

        set.IsPrimaryLost = set.PrimaryDescriptor is null;
        if (set.Main is null)
        {
            set.PrimaryDescriptor = RootSearch.Find(disc, sessionStart, damages);
        }

        return set;
    }

    private void TakeGap(long? sector, DamageLog damages)
    {
        if (sector is not null && Main is not null)
        {
            HasGap = true;
            damages.Add(DamageIds.IsoDescriptorBlank, sector, "A sector amid the volume descriptors is blank or holds none: a tree that it told of may be missing.");
        }
    }

    /// <returns>True for a descriptor of ISO 9660, of any kind.</returns>
    public static bool IsDescriptor(ReadOnlySpan<byte> sector) =>
        sector.Length == Sector.Size && sector[0] is BootRecord or Primary or Supplementary or Terminator && sector.Slice(1, 5).SequenceEqual("CD001"u8);

    private static bool IsHighSierra(byte[] bytes) => bytes.AsSpan(HighSierraIdentifierAt, 5).SequenceEqual("CDROM"u8);

    private static bool IsKnown(byte[] bytes) => IsHighSierra(bytes)
        || Array.Exists(Identifiers, identifier => bytes.AsSpan(1, identifier.Length).SequenceEqual(identifier));

    /// <returns>False when the sequence ends with this descriptor.</returns>
    private bool Take(byte[] bytes, long sector)
    {
        if (IsHighSierra(bytes))
        {
            if (bytes[HighSierraTypeAt] == Primary)
            {
                PrimaryDescriptor ??= new((byte[])bytes.Clone(), sector, DescriptorLayout.HighSierra);
            }

            return bytes[HighSierraTypeAt] != Terminator;
        }

        if (bytes[1] != 'C' || bytes[2] != 'D' || bytes[3] != '0')
        {
            return true; // one of ECMA-167
        }

        switch (bytes[0])
        {
            case BootRecord:
                BootCatalogue ??= Iso9660.BootCatalogue.IsNamedBy(bytes) ? Iso9660.BootCatalogue.PlaceOf(bytes) : null;
                return true;
            case Primary:
                PrimaryDescriptor ??= new((byte[])bytes.Clone(), sector);
                return true;
            case Supplementary:
                var descriptor = new VolumeDescriptor((byte[])bytes.Clone(), sector);
                if (descriptor.IsJoliet)
                {
                    JolietDescriptor ??= descriptor;
                }
                else if (descriptor.IsEnhanced)
                {
                    EnhancedDescriptor ??= descriptor;
                }
                else
                {
                    OtherDescriptor ??= descriptor;
                }

                return true;
            default:
                return bytes[0] != Terminator;
        }
    }
}
