/* video_device.h: finds the first camera among the nodes of Video4Linux
 * (linux/videodev2.h: VIDIOC_QUERYCAP, V4L2_CAP_VIDEO_CAPTURE).
 *
 * One camera often has several nodes, of which only one gives pictures; the kernel says
 * which.
 * Threads: reentrant. Blocks as long as the kernel takes to open a device.  */
#pragma once

#include <glib.h>

#define VIDEO_DEVICE_FOLDER "/dev"

/* The path of the node with the lowest number that gives pictures, or NULL. If NULL,
 * *@denied is the first node that may not be opened, or NULL when there is none. Free
 * both with g_free(). @folder is searched for video0, video1 … */
char *video_device_first (const char *folder, char **denied);
