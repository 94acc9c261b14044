import { Injectable } from '@nestjs/common';
import { CodedError, Commands, readAtOnePosition } from '@weinao/plugins';
import type {
  EdgeAnswer,
  EdgeHandler,
  EdgeRequest,
  FeedEvent,
  FeedHandler,
  FeedOpening,
  FeedRequest,
  ToldMessage,
} from '@weinao/plugins';
import { DataSource } from 'typeorm';
import { wishDecider } from './wish.decider.ts';
import { WishRow, wishesProjection } from './wish.row.ts';

function assertBox({ params, token }: EdgeRequest | FeedRequest): void {
  if (token !== `token-of-${params.box}`) throw new CodedError('UNAUTHENTICATED', 'This is no box of ours.');
}

/** A box in the street, into which one speaks a wish. */
@Injectable()
export class WishBox implements EdgeHandler {
  constructor(private readonly commands: Commands) {}

  async handle(request: EdgeRequest): Promise<EdgeAnswer> {
    assertBox(request);
    const command = { type: 'MakeWish' as const, text: request.body };
    const { id } = await this.commands.execute(wishDecider, command, request.as('box', 'device'));
    return { status: 202, body: { id } };
  }
}

/** Shows every wish that is made. */
@Injectable()
export class WishWall implements FeedHandler {
  constructor(private readonly database: DataSource) {}

  async open(request: FeedRequest): Promise<FeedOpening> {
    assertBox(request);
    const { communityId } = request;
    const { position, value } = await readAtOnePosition(this.database, wishesProjection, (manager) =>
      manager.find(WishRow, { where: { communityId }, order: { text: 'ASC' } }),
    );
    return { channels: [], position, messages: value.map(({ text }) => wishMessage(position, text)) };
  }

  async tell({ position, data }: FeedEvent): Promise<readonly ToldMessage[]> {
    return [{ ...wishMessage(position, (data as { text: string }).text), channels: 'all' }];
  }
}

const wishMessage = (id: string, text: string) => ({ id, event: 'wish', data: JSON.stringify(text) });
