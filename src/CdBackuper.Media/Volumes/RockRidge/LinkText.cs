using CdBackuper.Media.Volumes.Iso9660;

namespace CdBackuper.Media.Volumes.RockRidge;

/// <summary>
/// A symbolic link's target, put together from component records (RRIP §4.1.3.1). Recorded as the disc says it.
/// </summary>
internal sealed class LinkText
{
    private const byte Continues = 0x01;
    private const byte Current = 0x02;
    private const byte Parent = 0x04;
    private const byte Root = 0x08;

    /// <summary>The root of the volume: where it is mounted can't be known, so it is taken as the root.</summary>
    private const byte VolumeRoot = 0x10;

    private readonly List<byte> target = [];
    private bool isContinued;

    /// <summary>Adds the component records of one SL entry.</summary>
    /// <returns>False when they are malformed or the target is too long; what came before counts.</returns>
    public bool TryAdd(ReadOnlySpan<byte> components)
    {
        while (components.Length >= 2)
        {
            var length = 2 + components[1];
            if (length > components.Length || target.Count + length > IsoLimits.LinkBytes)
            {
                return false;
            }

            AddComponent(components[0], components[2..length]);
            components = components[length..];
        }

        return components.IsEmpty;
    }

    public byte[] ToArray() => [.. target];

    private void AddComponent(byte flags, ReadOnlySpan<byte> text)
    {
        if (!isContinued && target.Count > 0 && target[^1] != (byte)'/')
        {
            target.Add((byte)'/');
        }

        target.AddRange((flags & (Current | Parent | Root | VolumeRoot)) switch
        {
            0 => text,
            Current => "."u8,
            Parent => ".."u8,
            _ => "/"u8,
        });
        isContinued = (flags & Continues) != 0;
    }
}
