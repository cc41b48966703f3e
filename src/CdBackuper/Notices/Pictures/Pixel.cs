namespace CdBackuper.Notices.Pictures;

/// <summary>A colour that hides what is behind it.</summary>
internal readonly record struct Pixel(byte Red, byte Green, byte Blue)
{
    /// <summary>The mean of several colours, some of which may be nothing.</summary>
    internal struct Mixed
    {
        private int red;
        private int green;
        private int blue;
        private int seen;
        private int all;

        public void Add(Pixel? pixel)
        {
            all++;
            if (pixel is { } color)
            {
                seen++;
                red += color.Red;
                green += color.Green;
                blue += color.Blue;
            }
        }

        /// <summary>Writes red, green, blue, opacity.</summary>
        public readonly void CopyTo(Span<byte> bytes)
        {
            var count = Math.Max(1, seen);
            (bytes[0], bytes[1], bytes[2]) = ((byte)(red / count), (byte)(green / count), (byte)(blue / count));
            bytes[3] = (byte)(255 * seen / Math.Max(1, all));
        }
    }
}
