using System.Globalization;

namespace CdBackuper.Media.Volumes.Composition;

/// <summary>What the trees beside the disc's own are called.</summary>
internal sealed class OriginNames
{
    private readonly Dictionary<IVolume, string> names = new(ReferenceEqualityComparer.Instance);

    public OriginNames(IReadOnlyList<IVolume> volumes, IVolume main)
    {
        var sessions = new Dictionary<FileSystemKind, int>();
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var volume in volumes)
        {
            var session = sessions[volume.Kind] = sessions.GetValueOrDefault(volume.Kind) + 1;
            var name = volume.Kind is FileSystemKind.Iso9660 or FileSystemKind.Udf && volume.Kind == main.Kind
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
