/**
 * The chat this project came from: NestJS and Socket.IO, with the gateway of the tutorial in
 * the namespace `project/chat`, and its rooms. The decorators are called as functions, since
 * Node erases types and does nothing else.
 */
import "reflect-metadata";
import { Module } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { IoAdapter } from "@nestjs/platform-socket.io";
import {
  ConnectedSocket,
  MessageBody,
  SubscribeMessage,
  WebSocketGateway,
} from "@nestjs/websockets";
import type { Socket } from "socket.io";
import { sayPort } from "./say_port.ts";

class ChatGateway {
  joinRoom(wish: { nickname: string; room: string }, client: Socket): string {
    const { nickname, room } = wish;
    client.data.nickname = nickname;
    client.data.room = room;
    client.join(room);
    client.broadcast.to(room).emit("user_connected", nickname);
    return nickname;
  }

  // The sender draws its own message at once, so the others are told and it is answered.
  submitChat(text: string, client: Socket): boolean {
    const { nickname, room } = client.data;
    client.broadcast.to(room).emit("new_chat", { nickname, text });
    return true;
  }
}

class AppModule {}

WebSocketGateway({ namespace: "project/chat" })(ChatGateway);
subscribe("joinRoom", "new_user");
subscribe("submitChat", "submit_chat");
Module({ providers: [ChatGateway] })(AppModule);

const app = await NestFactory.create(AppModule, { logger: false });
app.useWebSocketAdapter(new IoAdapter(app));
await app.listen(0, "127.0.0.1");
sayPort(app.getHttpServer());

function subscribe(method: "joinRoom" | "submitChat", event: string): void {
  const gateway = ChatGateway.prototype;
  const descriptor = Object.getOwnPropertyDescriptor(gateway, method);
  if (!descriptor) throw new Error(`Gateway has no "${method}"`);
  SubscribeMessage(event)(gateway, method, descriptor);
  MessageBody()(gateway, method, 0);
  ConnectedSocket()(gateway, method, 1);
}
