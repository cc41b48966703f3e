using System.Globalization;

namespace CdBackuper.Media.Volumes.Composition;

/// <summary>What the trees beside the disc's own are called.</summary>
internal sealed class OriginNames
{
    private readonly Dictionary<IVolume, string> names = new(ReferenceEqualityComparer.Instance);

    public OriginNames(IReadOnlyList<IVolume> volumes, IVolume main)
    {
        var session = 0;
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var volume in volumes)
        {
            var isSession = volume.Kind == FileSystemKind.Iso9660;
            session += isSession ? 1 : 0;
            var name = isSession && main.Kind == FileSystemKind.Iso9660
                ? string.Create(CultureInfo.InvariantCulture, $"session {session}")
                : Family(volume.Kind);
            var free = name;
            for (var count = 2; !used.Add(free); count++)
            {
                free = string.Create(CultureInfo.InvariantCulture, $"{name} {count}");
            }

            names[volume] = free;
        }
    }

    public string Of(IVolume volume) => names[volume];

    private static string Family(FileSystemKind kind) => kind switch
    {
        FileSystemKind.Iso9660 => "ISO 9660",
        FileSystemKind.Udf => "UDF",
        FileSystemKind.Hfs => "HFS",
        _ => "HFS+",
    };
}
