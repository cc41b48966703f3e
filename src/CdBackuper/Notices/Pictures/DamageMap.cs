using CdBackuper.Pictures;

namespace CdBackuper.Notices.Pictures;

/// <summary>
/// Draws a disc as it is written: a spiral from the middle outwards, each part coloured by whether it was read. A single unread sector
/// of a full DVD is still a visible mark.
/// </summary>
internal static class DamageMap
{
    /// <summary>In pixels, each way.</summary>
    public const int Size = 512;

    /// <summary>How many parts the spiral has: each is some seven pixels long.</summary>
    public const int Cells = 4000;

    private const int Turns = 28;
    private const double Outer = 248;
    private const double Inner = 96;
    private const double Hub = 74;
    private const double Hole = 30;
    private const double Track = (Outer - Inner) / Turns;

    /// <summary>How much of a turn's width is coloured; the rest is the gap to the next.</summary>
    private const double Filled = 0.8;

    /// <summary>Each pixel is looked at so many times each way, for smooth edges.</summary>
    private const int Samples = 3;

    private static readonly Pixel Body = new(58, 62, 69);
    private static readonly Pixel Ring = new(92, 97, 105);

    /// <param name="cells">The disc's parts, from its first byte to its last.</param>
    public static NoticePicture Draw(CellState[] cells) => new(
        "map.png",
        Png.Encode(Size, Size, hasAlpha: true, file => WriteRows(file, cells)),
        "The disc from its middle outwards: green was read, red is missing of files, amber was not read and is no file's, grey holds no data.");

    private static void WriteRows(Stream file, CellState[] cells)
    {
        var row = new byte[1 + (4 * Size)];
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
            {
                Mix(cells, x, y).CopyTo(row.AsSpan(1 + (4 * x)));
            }

            file.Write(row);
        }
    }

    private static Pixel.Mixed Mix(CellState[] cells, int x, int y)
    {
        var mixed = default(Pixel.Mixed);
        for (var sample = 0; sample < Samples * Samples; sample++)
        {
            var left = x + (((sample % Samples) + 0.5) / Samples) - (Size / 2.0);
            var down = y + (((sample / Samples) + 0.5) / Samples) - (Size / 2.0);
            mixed.Add(At(cells, left, down));
        }

        return mixed;
    }

    /// <returns>The colour at a place, from the middle; null outside the disc.</returns>
    private static Pixel? At(CellState[] cells, double x, double y)
    {
        var radius = Math.Sqrt((x * x) + (y * y));
        if (radius is > Outer + Track or < Hole)
        {
            return null;
        }

        if (radius < Inner - Track)
        {
            return radius < Hub ? Ring : Body;
        }

        // Along the spiral in turns, clockwise from the top, and across it.
        var angle = (Math.Atan2(x, -y) / (2 * Math.PI)) + (x < 0 ? 1 : 0);
        var across = ((radius - Inner) / Track) - angle;
        var turn = Math.Floor(across);
        var along = turn + angle;
        if (across - turn > Filled || along is < 0 or >= Turns - 1)
        {
            return Body;
        }

        // Data lies equally dense along the spiral, so that what is inside a radius grows with the area.
        var edge = Inner + (along * Track);
        const double End = Inner + ((Turns - 1) * Track);
        var share = ((edge * edge) - (Inner * Inner)) / ((End * End) - (Inner * Inner));
        return ColorOf(cells[Math.Clamp((int)(share * cells.Length), 0, cells.Length - 1)]);
    }

    private static Pixel ColorOf(CellState state) => state switch
    {
        CellState.Read => new(46, 204, 113),
        CellState.Unread => new(241, 196, 15),
        CellState.Lost => new(231, 60, 50),
        _ => new(84, 90, 98),
    };
}
